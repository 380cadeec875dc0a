select plan(10);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc', 3), tests.item('tape', p_price => 5), tests.item('zine', p_price => null), tests.item('held');
select tests.held('held', 'ana');
create function pg_temp.aside() returns text language sql as $$
  select string_agg(concat_ws(' ', l ->> 'line', l ->> 'sku', l ->> 'title', l ->> 'quantity', l ->> 'total', l ->> 'currency', l ->> 'code'), ', ' order by (l ->> 'line')::integer)
    from apartado.get_cart('ana') c, jsonb_array_elements(c.checked_out) l
$$;
select apartado.add_to_cart('ana', apartado.item_id(n.sku), n.quantity) from (values ('disc', 2), ('tape', 1), ('zine', 1)) n (sku, quantity);
select is((select checked_out from apartado.get_cart('ana')), '[]', 'nothing, as long as nothing was checked out');
create temporary table done as select * from apartado.checkout('ana');
update apartado.items set price = 20;
select is(pg_temp.aside(), '1 disc Title of disc 2 25.00 EUR, 2 tape Title of tape 1 5.00 EUR, 3 zine Title of zine 1 EUR', 'in their order, at the frozen prices, without what was reserved otherwise');
select is((select string_agg(concat_ws(' ', l ->> 'reservation_id', l ->> 'expires_at'), ', ' order by l ->> 'line') from apartado.get_cart('ana') c, jsonb_array_elements(c.checked_out) l),
          (select string_agg(concat_ws(' ', reservation_id, apartado._utc(expires_at)), ', ' order by line) from done), 'with the reservations that the checkout made');

-- some of it is no more
select from apartado.revoke_reservation(null, (select reservation_id from apartado.list_reservations('ana') where sku = 'tape'), 'damaged');
select from apartado.cancel_reservation('ana', (select reservation_id from apartado.list_reservations('ana') where sku = 'zine'));
select is(pg_temp.aside(), '1 disc Title of disc 2 25.00 EUR, 2 tape Title of tape 1 5.00 EUR RS402', 'what was taken away is said, what was given up is not asked for');
select tests.advance('168 hours');
select is(pg_temp.aside(), '1 disc Title of disc 2 25.00 EUR RS401, 2 tape Title of tape 1 5.00 EUR RS402', 'so is what expired, before anybody noticed');
select from apartado.reserve('ana', apartado.item_id('disc'));
select is(pg_temp.aside(), '1 disc Title of disc 1 20.00 EUR, 2 tape Title of tape 1 5.00 EUR RS402', 'what is reserved again can be had again, as it is held now');

-- what place_order would sell, and nothing else
select is((select string_agg(concat_ws(' ', l ->> 'sku', l ->> 'quantity'), ', ') from apartado.add_to_cart('ana', apartado.item_id('zine')) c, jsonb_array_elements(c.checked_out) l), null, 'something in the cart comes first');
select is((select string_agg(concat_ws(' ', l ->> 'sku', l ->> 'code'), ', ' order by l ->> 'line') from apartado.clear_cart('ana') c, jsonb_array_elements(c.checked_out) l), 'disc, tape RS402', 'without it what was set aside is there again');
select from apartado.place_order('ana', p_without => array[apartado.item_id('tape')]);
select is((select checked_out from apartado.get_cart('ana')), '[]', 'once it is bought it is over');
select tests.commits();
