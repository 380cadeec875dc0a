select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('free', 2), tests.item('taken'), tests.item('mine'), tests.item('line'), tests.item('sold', 0), tests.item('hidden', p_visible => false), tests.item('shown', p_for_sale => false), tests.item('last');
select tests.held('taken', 'ben'), tests.held('mine', 'ana'), tests.held('line', 'ben'), tests.waiting('line', 'ana');
update apartado.policies set active_limit = 100;
create function pg_temp.cart() returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object('item', i.item_id) order by array_position('{free,taken,mine,line,sold,hidden,shown,last}', i.sku))
         || '[{"item": 999999}]' || jsonb_build_array(jsonb_build_object('item', apartado.item_id('last'), 'location', 'moon')) from apartado.items i
$$;
select is((select string_agg(concat_ws(' ', line, outcome, code, available, "position"), ', ' order by line) from apartado.reserve_many('ana', pg_temp.cart(), 'best_effort')),
          '1 reserved 1, 2 refused RS301 0, 3 refused RS302 0, 4 refused RS303 0, 5 refused RS305 0, 6 refused RS101, 7 refused RS309 1, 8 reserved 0, 9 refused RS101, 10 refused RS104', 'best effort');
select is((select string_agg(concat_ws(' ', line, outcome, code, "position"), ', ' order by line) from apartado.reserve_many('ben', pg_temp.cart(), 'reserve_or_queue')),
          '1 reserved, 2 refused RS302, 3 queued 1, 4 refused RS302, 5 queued 1, 6 refused RS101, 7 refused RS309, 8 queued 1, 9 refused RS101, 10 refused RS104', 'or queue');
select is((select count(*) from apartado.reserve_many('ben', pg_temp.cart(), 'best_effort') where code is null and reservation_id is null), 0::bigint, 'none is silent');
select tests.commits();
