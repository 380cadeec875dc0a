select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 3), tests.item('hard', 2, p_price => 10), tests.item('mine', p_price => 7);
select from apartado.set_policy(null, 'hard', '{"cart": "hard"}', apartado.item_id('hard'));
select apartado.add_to_cart('ana', apartado.item_id(s), 2) from unnest('{disc,hard}'::text[]) s;
select tests.held('mine', 'ana');
select from apartado.add_to_cart('ana', apartado.item_id('mine'));
update apartado.items set price = 20;
create temporary table placed as select * from apartado.place_order('ana', p_reference => 'A-17');
select is((select concat_ws(' ', p.location, p.buyer, p.reference, p.totals, p.server_time at time zone 'UTC') from placed p),
          'main ana A-17 [{"total": "67.00", "units": 5, "currency": "EUR", "unpriced": 0}] 2030-01-01 12:00:00', 'the order');
select is((select string_agg(concat_ws(' ', l ->> 'line', l ->> 'quantity', l ->> 'sku', l ->> 'price', l ->> 'total'), ', ' order by l ->> 'line') from placed p, jsonb_array_elements(p.lines) l),
          '1 2 disc 20.00 40.00, 2 2 hard 10.00 20.00, 3 1 mine 7.00 7.00', 'what was held at its frozen price, the rest at today''s');
select is((select string_agg(concat_ws(' ', i.sku, s.available, s.reserved, s.sold), ', ' order by i.item_id) from apartado.stock s join apartado.items i using (item_id)), 'disc 1 0 2, hard 0 0 2, mine 0 0 1', 'counted');
select is(tests.cart('ana'), 'nothing', 'the cart is empty');
select is((select string_agg(concat_ws(' ', sku, quantity, price, reference), ', ' order by sku) from apartado.list_purchases('ana')), 'disc 2 20.00 A-17, hard 2 10.00 A-17, mine 1 7.00 A-17', 'each line is a purchase');
select is((select concat_ws(' ', m.alias, e.data - 'order_id' - 'cart_id' - 'purchases') from apartado.events e join apartado.members m using (member_id) where e.kind = 'order.placed'),
          'ana {"lines": 3, "totals": [{"total": "67.00", "units": 5, "currency": "EUR", "unpriced": 0}], "location": "main"}', 'and the order is told to its buyer');
select is((select count(*) from apartado.order_lines l join apartado.purchases p using (purchase_id) where (l.price, l.quantity) = (p.price, p.quantity)), 3::bigint, 'written line by line');
select tests.commits();
