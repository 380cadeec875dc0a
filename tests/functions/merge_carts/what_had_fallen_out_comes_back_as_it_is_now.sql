select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc'), tests.item('tape');
update apartado.policies set cart = 'hard';
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
update apartado.policies set cart = 'soft';
select from apartado.add_to_cart('ana', apartado.item_id('tape'));
update apartado.items set price = 7;
select tests.advance('1 day');
select from unnest('{disc,tape}'::text[]) s, apartado.add_to_cart(null, apartado.item_id(s), p_device => tests.device('phone'));
select from apartado.merge_carts('ana', tests.device('phone'));
select is((
  select string_agg(concat_ws(' ', i.sku, l.quantity, l.seen_price, l.added_at at time zone 'UTC'), ', ' order by i.sku)
    from apartado.cart_lines l join apartado.carts c using (cart_id) join apartado.members m using (member_id) join apartado.stock s using (stock_id) join apartado.items i using (item_id)
   where m.alias = 'ana' and c.status = 'active' and l.left_at is null), 'disc 1 7.00 2030-01-02 12:00:00, tape 2 12.50 2030-01-01 12:00:00', 'what had fallen out is new; what was there stays as it was seen');
select is((select string_agg(concat_ws(' ', i.sku, n ->> 'reason', n ->> 'price_before', n ->> 'price'), ', ') from apartado.get_cart('ana') c, jsonb_array_elements(c.notices) n join apartado.items i on i.item_id = (n ->> 'item_id')::bigint), 'tape price_changed 12.50 7.00', 'and no other price is told of it');
select is(tests.cart('ana'), '2 tape, 1 disc', 'both are there');
select tests.commits();
