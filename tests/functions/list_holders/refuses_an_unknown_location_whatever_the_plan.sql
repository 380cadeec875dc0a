-- Mutant: the location is asked for inside the query, where a plan for any parameters looks for holders first.
select plan(2);
select tests.item('disc');
set local enable_seqscan = off;
set local plan_cache_mode = force_generic_plan;
select is((select count(*) from apartado.list_holders(null, apartado.item_id('disc'))), 0::bigint, 'nobody holds it');
select tests.refuses($$select * from apartado.list_holders(null, apartado.item_id('disc'), 'nowhere')$$, 'RS104/unknown', 'location', 'no such place');
