select plan(7);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 3), tests.item('other');
create function pg_temp.lines(variadic p_quantities integer[]) returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object('item', apartado.item_id('disc'), 'quantity', q, 'ttl', 3600 * n) order by n)
         || jsonb_build_array(jsonb_build_object('item', apartado.item_id('other'))) from unnest(p_quantities) with ordinality u (q, n)
$$;
select tests.refuses($$select * from apartado.reserve_many('ana', pg_temp.lines(2, 2))$$, 'RS301', 'lines', 'each alone is there, both are not');
select is((select string_agg(concat_ws(' ', line, outcome, code, quantity), ', ' order by line) from apartado.reserve_many('ben', pg_temp.lines(2, 2), 'best_effort')),
          '1 refused RS301 4, 2 refused RS301 4, 3 reserved 1', 'not one of them either');
select is((select string_agg(concat_ws(' ', line, outcome, quantity, expires_at at time zone 'UTC'), ', ' order by line) from apartado.reserve_many('ana', pg_temp.lines(1, 2) - 2)),
          '1 reserved 3 2030-01-01 13:00:00, 2 reserved 3 2030-01-01 13:00:00', 'one reservation of the sum, for the shortest of the times, and both answer it');
select is(tests.holders('disc'), 'ana 3', 'it is one');
select tests.refuses(format($$select * from apartado.reserve_many('ben', '[{"item": %1$s, "quantity": 2000000000}, {"item": %1$s, "location": "main", "quantity": 2000000000}]')$$, apartado.item_id('disc')), 'RS202', 'lines', 'a sum that is no number of units');
select is((select string_agg(concat_ws(' ', line, outcome, quantity, "position"), ', ' order by line) from apartado.reserve_many('ben', pg_temp.lines(1, 1) - 2, 'reserve_or_queue')),
          '1 queued 2 1, 2 queued 2 1', 'one place for both');
select tests.commits();
