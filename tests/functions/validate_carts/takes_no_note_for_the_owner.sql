select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 2), tests.item('tape');
select from apartado.add_to_cart('ana', apartado.item_id('disc')); select from apartado.add_to_cart('ana', apartado.item_id('tape'));
create function pg_temp.told() returns bigint language sql as $$ select from apartado._number_events(); select told from apartado.validate_carts() $$;
create function pg_temp.notices() returns text language sql as $$
  select string_agg(concat_ws(' ', n ->> 'reason', n ->> 'price_before', n ->> 'price'), ', ') from apartado.get_cart('ana') c, jsonb_array_elements(c.notices) n
$$;
update apartado.items set price = 20 where sku = 'disc';
select is(pg_temp.told(), 1::bigint, 'told');
select is(pg_temp.notices(), 'price_changed 12.50 20.00', 'the notice stays');
select is((select last_validated_at from apartado.get_cart('ana')), null, 'nobody looked');
update apartado.items set price = 25 where sku = 'disc';
select is(pg_temp.told(), 1::bigint, 'and again');
select is(pg_temp.notices(), 'price_changed 12.50 25.00', 'since it was looked at last');
update apartado.items set price = 30 where sku = 'disc';
select from apartado.mark_sold(null, apartado.item_id('tape'));
select from apartado.validate_cart('ana');
select is(pg_temp.notices(), null, 'their owner took note');
select is(pg_temp.told(), 0::bigint, 'and what they were shown is told no more');
select apartado.undo_sale(null, p.purchase_id, 'a mistake') from apartado.purchases p;
select is(pg_temp.told(), 1::bigint, 'only what is otherwise since');
select tests.commits();
