select plan(20);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc', 3), tests.item('tape', 2, p_price => 5), tests.item('held', p_price => 9), tests.item('zine', 3);
select tests.held('held', 'ana');
select apartado.add_to_cart('ana', apartado.item_id(s), 2) from unnest('{disc,tape}'::text[]) s;
select from apartado.checkout('ana');
update apartado.items set price = 20;
create function pg_temp.own() returns bigint language sql as $$ select cart_id from apartado.carts c join apartado.members m using (member_id) where m.alias = 'ana' $$;
select tests.refuses($$select * from apartado.place_order('olga', p_cart => pg_temp.own())$$, 'RS105/till', 'cart', 'a till sells what is in the cart, and no more');
create temporary table placed as select * from apartado.place_order('ana', p_reference => 'paid');
select is((select string_agg(concat_ws(' ', l ->> 'line', l ->> 'quantity', l ->> 'sku', l ->> 'price'), ', ' order by l ->> 'line') from placed p, jsonb_array_elements(p.lines) l),
          '1 2 disc 12.50, 2 2 tape 5.00', 'at the frozen prices, and not what was reserved otherwise');
select is((select concat_ws(' ', buyer, reference, totals #>> '{0,total}', cart_id = pg_temp.own()) from placed), 'ana paid 35.00 t', 'it is an order');
select tests.refuses($$select * from apartado.place_order('ana')$$, 'RS105', 'location', 'sent twice it sells nothing more');
select is((select string_agg(concat_ws(' ', sku, status), ', ' order by sku) from apartado.list_reservations('ana')), 'disc sold, held active, tape sold', 'what is held otherwise stays');

-- the last one, until something is ordered
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select from apartado.checkout('ana');
select from apartado.add_to_cart('ana', apartado.item_id('zine'));
select is((select o.lines #>> '{0,sku}' || jsonb_array_length(o.lines) from apartado.place_order('ana') o), 'zine1', 'what is in the cart comes first, alone');
select tests.refuses($$select * from apartado.place_order('ana')$$, 'RS105', 'location', 'and what was checked out before waits to be named');
select is((select o.lines #>> '{0,price}' from apartado.place_order('ana', p_lines => jsonb_build_array(jsonb_build_object('item', apartado.item_id('disc')))) o), '20.00', 'as a line');

-- what is no more
select from apartado.add_to_cart('ben', apartado.item_id('zine'), 2);
select from apartado.checkout('ben');
select from apartado.change_quantity('ben', (select reservation_id from apartado.list_reservations('ben') where status = 'active'), 1);
select is((select o.lines #>> '{0,quantity}' from apartado.place_order('ben') o), '1', 'as many as are held now');
select from apartado.add_to_cart('ben', apartado.item_id('zine'));
select from apartado.checkout('ben');
select from apartado.cancel_reservation('ben', (select reservation_id from apartado.list_reservations('ben') where status = 'active'));
select tests.refuses($$select * from apartado.place_order('ben')$$, 'RS105', 'location', 'what was given back is not asked for');
select from apartado.add_to_cart('ben', apartado.item_id('zine'));
select from apartado.checkout('ben');
select from apartado.confirm_reservation('ben', (select reservation_id from apartado.list_reservations('ben') where status = 'active'));
select tests.refuses($$select * from apartado.place_order('ben')$$, 'RS105', 'location', 'nor what was bought');
select from apartado.adjust_stock(null, apartado.item_id('zine'), 3, 'more');
select from apartado.adjust_stock(null, apartado.item_id('tape'), 3, 'more');
select apartado.add_to_cart('ben', apartado.item_id(s)) from unnest('{zine,tape}'::text[]) s;
select from apartado.checkout('ben');
select from apartado.revoke_reservation(null, (select reservation_id from apartado.list_reservations('ben') where status = 'active' and sku = 'tape'), 'damaged');
select tests.refuses($$select * from apartado.place_order('ben')$$, 'RS402/line', 'lines', 'what was taken away is said, and nothing sold');
select tests.freeze('2030-01-09 12:00Z');
create function pg_temp.detail() returns text language plpgsql as $$
declare
  v_detail text;
begin
  perform apartado.place_order('ben');
exception when sqlstate 'RS402' then
  get stacked diagnostics v_detail = pg_exception_detail;
  return v_detail;
end;
$$;
select matches(pg_temp.detail(), 'missing: line 1 item \d+ RS402; line 2 item \d+ RS401$', 'so is what expired');
select is((select jsonb_array_length(o.lines) from apartado.place_order('ben', p_lines => jsonb_build_array(jsonb_build_object('item', apartado.item_id('zine')))) o), 1, 'lines say what is wanted still');

-- some of it
select from apartado.add_to_cart('ana', apartado.item_id('zine'));
select from apartado.add_to_cart('ana', apartado.item_id('held'));
select from apartado.mark_sold(null, apartado.item_id('held'), p_buyer => 'ben');
select is((select string_agg(concat_ws(' ', outcome, code), ', ' order by line) from apartado.checkout('ana', p_mode => 'best_effort')), 'refused RS305, reserved', 'some of it');
select tests.refuses($$select * from apartado.place_order('ana')$$, 'RS305', 'lines', 'what stayed in the cart is asked for');
select from apartado.remove_from_cart('ana', apartado.item_id('held'));
select is((select o.lines #>> '{0,sku}' from apartado.place_order('ana') o), 'zine', 'without it the rest is bought');
select is((select count(*) from apartado.carts where checked_out is not null), 1::bigint, 'only ben has something checked out');
select tests.refuses($$select * from apartado.checkout('ana')$$, 'RS105', 'location', 'there is nothing to check out twice');
select tests.commits();
