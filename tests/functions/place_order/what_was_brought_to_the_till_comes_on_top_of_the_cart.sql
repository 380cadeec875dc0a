select plan(18);
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc', 4), tests.item('mine', p_price => 7), tests.item('line');
create function pg_temp.lines(variadic p_skus text[]) returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object('item', apartado.item_id(u), 'quantity', 1) order by n) from unnest(p_skus) with ordinality u (u, n)
$$;
select from apartado.join_walk_in(null, tests.device('phone'));
select from apartado.join_walk_in('ana');
create temporary table phone as select * from apartado.serve_next('olga');
create temporary table ana as select * from apartado.serve_next('olga');

-- an empty cart, the usual case
create temporary table placed as select o.* from phone p, apartado.place_order('olga', p_cart => p.cart_id, p_lines => pg_temp.lines('disc'), p_idempotency_key => 'k') o;
select is((select concat_ws(' ', o.location, o.cart_id = p.cart_id, o.buyer is null, o.lines #>> '{0,sku}', o.totals #>> '{0,total}') from placed o, phone p), 'main t t disc 12.50', 'sold to nobody in particular, by the cart');
select results_eq(format($$select * from apartado.place_order('olga', p_cart => %s, p_lines => %L, p_idempotency_key => 'k')$$, p.cart_id, pg_temp.lines('disc')), 'select * from placed', 'the same key sells once') from phone p;
select is((select available from apartado.stock where item_id = apartado.item_id('disc')), 3, 'one');

-- with something in it, and something held
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select tests.held('mine', 'ana');
update apartado.items set price = 20;
select is((select string_agg(concat_ws(' ', l ->> 'line', l ->> 'quantity', l ->> 'sku', l ->> 'price'), ', ' order by l ->> 'line')
             from ana a, apartado.place_order('olga', p_cart => a.cart_id, p_lines => pg_temp.lines('mine', 'disc')) o, jsonb_array_elements(o.lines) l),
          '1 2 disc 20.00, 2 1 mine 7.00', 'one sale of the sum, the cart first, what is held at its price');
select is((select string_agg(concat_ws(' ', sku, quantity), ', ' order by sku) from apartado.list_purchases('ana')), 'disc 2, mine 1', 'the member''s purchases, not the operator''s');
select is(tests.cart('ana'), 'nothing', 'and gone from the cart');

-- nothing is to be had that is not for a buyer without the cart
select tests.held('line', 'ben');
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select tests.refuses(format($$select * from apartado.place_order('olga', p_cart => %s, p_lines => %L)$$, a.cart_id, pg_temp.lines('line')), 'RS301/till', 'lines', 'what somebody else holds') from ana a;
select throws_like(format($$select * from apartado.place_order('olga', p_cart => %s, p_lines => %L)$$, a.cart_id, pg_temp.lines('line')), 'There are not enough units for that line.', 'and says so') from ana a;
select tests.refuses(format($$select * from apartado.place_order('olga', p_cart => %s, p_lines => %L)$$, a.cart_id, pg_temp.lines('disc')), 'RS301/till', 'lines', 'of one unit the cart and a line are not both served') from ana a;
select from apartado.set_policy(null, 'one', '{"item_limit": 1}', apartado.item_id('disc'));
select from apartado.adjust_stock(null, apartado.item_id('disc'), 5, 'restock');
select tests.refuses(format($$select * from apartado.place_order('olga', p_cart => %s, p_lines => %L)$$, a.cart_id, pg_temp.lines('disc')), 'RS501/till', 'lines', 'nor more than one may have of it') from ana a;
select tests.refuses(format($$select * from apartado.place_order('olga', p_cart => %s, p_lines => '[{"item": %s, "quantity": 2147483647}]')$$, a.cart_id, apartado.item_id('disc')), 'RS202', 'lines', 'a sum that is no quantity') from ana a;
select tests.refuses(format($$select * from apartado.place_order('olga', p_cart => %s, p_lines => '[]')$$, a.cart_id), 'RS205', 'lines', 'no lines are not an empty list') from ana a;
select tests.refuses(format($$select * from apartado.place_order('olga', p_cart => %s, p_lines => '[{"item": 1, "location": "till"}]')$$, a.cart_id), 'RS205', 'lines', 'elsewhere') from ana a;
select tests.refuses(format($$select * from apartado.place_order('olga', p_cart => %s, p_lines => '[{"item": 0}]')$$, a.cart_id), 'RS101/till', 'lines') from ana a;
select tests.refuses(format($$select * from apartado.place_order('ben', p_cart => %s, p_lines => %L)$$, a.cart_id, pg_temp.lines('disc')), 'RS105', 'cart', 'who is no operator puts nothing into another''s') from ana a;
select is((select concat_ws(' ', o.buyer, jsonb_array_length(o.lines)) from ana a, apartado.place_order('ana', p_cart => a.cart_id) o), 'ana 1', 'the owner does as before');
select is((select count(*) from apartado.orders), 3::bigint, 'three orders');
select tests.commits();
