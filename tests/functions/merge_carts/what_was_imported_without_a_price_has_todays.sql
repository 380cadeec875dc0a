select plan(4);
select tests.members('ana'), tests.item('disc'), tests.item('tape'), tests.item('free', p_price => null);
insert into apartado.carts (member_id, location_id, status, created_at)
select m.member_id, l.location_id, 'imported', apartado.clock() from apartado.members m, apartado.locations l;
insert into apartado.cart_lines (cart_id, stock_id, quantity, seen_price, added_at)
select c.cart_id, s.stock_id, 1, case i.sku when 'tape' then 10 end, apartado.clock() from apartado.carts c, apartado.stock s join apartado.items i using (item_id) where i.sku <> 'free';
select from apartado.add_to_cart(null, apartado.item_id('free'), p_device => tests.device('phone'));
update apartado.items set price = 7 where sku = 'free';
select from apartado.merge_carts('ana', tests.device('phone'));
create function pg_temp.told() returns text language sql as $$
  select string_agg(concat_ws(' ', i.sku, coalesce(n ->> 'price_before', 'none'), n ->> 'price'), ', ' order by i.sku)
    from apartado.get_cart('ana') c, jsonb_array_elements(c.notices) n join apartado.items i on i.item_id = (n ->> 'item_id')::bigint
$$;
select is(pg_temp.told(), 'free none 7.00, tape 10 12.50', 'what had a price, or was seen without one, is told; what came without is not');
update apartado.items set price = 20 where sku = 'disc';
select is(pg_temp.told(), 'disc 12.50 20.00, free none 7.00, tape 10 12.50', 'but from then on');
select is(tests.cart('ana'), '1 disc, 1 tape, 1 free', 'all are there');
select tests.commits();
