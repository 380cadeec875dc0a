select plan(7);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dan', 'eva');
select tests.item('d' || n, 9) from generate_series(1, 4) n;
create function pg_temp.cart(p_quantity integer default 1) returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object('item', i.item_id, 'quantity', p_quantity) order by i.sku) from apartado.items i
$$;
create function pg_temp.said(p_alias text, p_lines jsonb, p_mode text) returns text language sql as $$
  select string_agg(concat_ws(' ', outcome, code), ', ' order by line) from apartado.reserve_many(p_alias, p_lines, p_mode)
$$;
update apartado.policies set active_limit = 2;
select tests.refuses($$select * from apartado.reserve_many('ana', pg_temp.cart())$$, 'RS501', 'lines', 'the third is one too many');
select is(pg_temp.said('ana', pg_temp.cart(), 'best_effort'), 'reserved, reserved, refused RS501, refused RS501', 'active reservations');
select is(pg_temp.said('ben', pg_temp.cart(9), 'reserve_or_queue'), 'queued, queued, refused RS501, refused RS501', 'places count as well');
update apartado.policies set active_limit = 10, item_limit = 2;
select is(pg_temp.said('cai', (pg_temp.cart() - 0 - 0) || (pg_temp.cart() - 0 - 0) || (pg_temp.cart() - 0 - 0 - 0), 'best_effort'), 'reserved, refused RS501, reserved, refused RS501, refused RS501', 'units of an item: three lines of the last');
with made as (insert into apartado.drops (title, opens_at, created_at) values ('drop', '2029-01-01', '2029-01-01') returning drop_id)
update apartado.items set drop_id = (select drop_id from made);
update apartado.policies set drop_limit = 3, item_limit = null;
select is(pg_temp.said('dan', pg_temp.cart(), 'reserve_or_queue'), 'queued, queued, reserved, refused RS504', 'units of a drop, waited for or held');
select tests.refuses($$select * from apartado.reserve_many('eva', pg_temp.cart(2) - 0 - 0)$$, 'RS504', 'lines', 'and two and two are more than three');
select tests.commits();
