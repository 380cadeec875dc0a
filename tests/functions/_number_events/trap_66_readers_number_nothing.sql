set transaction isolation level repeatable read;
select plan(7);
select tests.members('ana'), tests.item('disc');
create temporary table before as select tests.state();
select is_empty('select * from apartado.list_events(null)', 'list_events shows what is numbered, and numbers nothing');
select lives_ok('select * from apartado.get_snapshot(null)', 'nor does get_snapshot');
select lives_ok('select * from apartado.tail_events(0)', 'nor tail_events');
select lives_ok('select * from apartado.event_head()', 'nor event_head');
select results_eq('select tests.state()', 'select * from before', 'at REPEATABLE READ they change nothing and fail in nothing');
select tests.refuses('select apartado._number_events()', 'RS312/isolation', 'limit', 'the numberer refuses that level, where it would fail half-way');
select is((select string_agg(proname, ' ' order by proname) from pg_proc where pronamespace = 'apartado'::regnamespace and provolatile <> 's'
             and proname in ('list_events', 'get_snapshot', 'tail_events', 'event_head', '_told')), null, 'and all of them are STABLE');
