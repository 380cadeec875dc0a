select plan(13);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'); select tests.item(s) from unnest('{price,sold,taken,secret,shown,same}'::text[]) s;
select tests.item('drop', 5), tests.item('few', 3); select tests.drop_of('-1 hour', '1 hour', 'drop');
select apartado.add_to_cart('ana', i.item_id, case i.sku when 'few' then 2 else 1 end) from apartado.items i order by i.item_id;
create function pg_temp.told() returns text language sql as $$
  select from apartado._number_events();
  with ran as materialized (select * from apartado.validate_carts())
  select told || case when remaining > 0 then ' and more' else '' end from ran
$$;
create function pg_temp.news() returns text language sql as $$
  select string_agg(concat_ws(' ', i.sku, l ->> 'quantity', l ->> 'state', l ->> 'price', 'before ' || (l ->> 'price_before'), l ->> 'currency'), ', ' order by i.item_id)
    from (select e.data from apartado.events e where e.kind = 'cart.changed' and e.data @> '{"lines": [{"change": "news"}]}' order by e.event_id desc limit 1) e,
         jsonb_array_elements(e.data -> 'lines') l
    join apartado.items i on i.item_id = (l ->> 'item_id')::bigint
$$;
select is(pg_temp.told(), '0', 'nothing is otherwise');
update apartado.items set price = 20 where sku = 'price';
select from apartado.mark_sold(null, apartado.item_id('sold'));
select tests.held('taken', 'ben'), tests.held('few', 'ben'), tests.held('same', 'ben');
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'same'));
update apartado.items set visible = false, price = 30 where sku = 'secret';
update apartado.items set for_sale = false where sku = 'shown';
select is(pg_temp.told(), '5', 'five are');
select is(pg_temp.news(), 'price 1 available 20.00 before 12.50 EUR, sold 1 sold 12.50 EUR, taken 1 unavailable 12.50 EUR, secret 1 hidden, shown 1 not_for_sale 12.50 EUR', 'in one event, of what is hidden only that');
select is((select count(*) from apartado.events where kind = 'cart.changed'), 9::bigint, 'one for all, after the eight of putting in');
select is(pg_temp.told(), '0', 'told once');
select is((select remaining from apartado.validate_carts()), 0::bigint, 'nothing is left to look at');
select tests.advance('2 hours');
select from apartado.announce_drops();
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'taken'));
update apartado.items set visible = true where sku = 'secret';
select is(pg_temp.told(), '3', 'what changes again is told again');
select is(pg_temp.news(), 'taken 1 available 12.50 EUR, secret 1 available 30.00 before 12.50 EUR, drop 1 ended 12.50 EUR', 'there again, seen again at another price, over');
update apartado.items set price = null where sku = 'price';
select is(pg_temp.told(), '1', 'no price is another price');
select is(pg_temp.news(), 'price 1 available before 20.00 EUR', 'with what it was');
select from apartado.change_quantity('ben', tests.reservation('ben', 'few'), 2);
select is(pg_temp.told(), '1', 'fewer than are wanted');
select is(pg_temp.news(), 'few 2 unavailable 12.50 EUR', 'are not enough');
select tests.commits();
