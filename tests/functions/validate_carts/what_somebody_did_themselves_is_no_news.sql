select plan(11);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc'), tests.item('tape');
select tests.held('tape', 'ben'); select tests.waiting('tape', 'ana');
select from apartado.add_to_cart('ana', apartado.item_id('disc')); select from apartado.add_to_cart('ana', apartado.item_id('tape'));
create function pg_temp.told() returns bigint language sql as $$ select from apartado._number_events(); select told from apartado.validate_carts() $$;
create function pg_temp.news() returns text language sql as $$
  select string_agg(concat_ws(' ', i.sku, l ->> 'state', l ->> 'price_before'), ', ' order by i.item_id)
    from (select e.data from apartado.events e where e.kind = 'cart.changed' order by e.event_id desc limit 1) e, jsonb_array_elements(e.data -> 'lines') l
    join apartado.items i on i.item_id = (l ->> 'item_id')::bigint
$$;
select is(pg_temp.told(), 0::bigint, 'it was put in as it is');
select tests.held('disc', 'ana');
update apartado.items set price = 20 where sku = 'disc';
select is(pg_temp.told(), 0::bigint, 'she holds it, at her price');
select from apartado.leave_queue('ana', apartado.item_id('tape'));
select is(pg_temp.told(), 0::bigint, 'nor that she left the queue');
select tests.advance('168 hours');
select from apartado.expire_and_promote();
select is(pg_temp.told(), 2::bigint, 'when both come back');
select is(pg_temp.news(), 'disc available 12.50, tape available', 'one is at another price, the other is there again');
select tests.held('disc', 'ben');
select is(pg_temp.told(), 1::bigint, 'what another does');
select is(pg_temp.news(), 'disc unavailable', 'is told');
select tests.waiting('disc', 'ana');
update apartado.items set price = 25 where sku = 'disc';
select is(pg_temp.told(), 1::bigint, 'who waits is told');
select is(pg_temp.news(), 'disc unavailable 20.00', 'of the price');
select from apartado.change_cart_line('ana', apartado.item_id('disc'), 2);
select is(pg_temp.told(), 0::bigint, 'and knows what she changes');
select tests.commits();
