select plan(5);
select tests.members('ana'), tests.item('disc', 4);
select tests.held('disc', 'ana');
set constraints all immediate;
create function pg_temp.damage() returns void language sql as $$
  set local session_replication_role = replica;
  update apartado.stock set reserved = 2, available = 2;
  set local session_replication_role = origin;
$$;
select is_empty($$select * from apartado.repair(null, false, 'counted', 'k0') union all select * from apartado.repair(null, false, 'counted', 'k0')$$, 'of nothing, too');
select pg_temp.damage();
create temporary table first as select * from apartado.repair(null, false, 'counted', 'k');
select is((select string_agg(distinct outcome, ' ') from first), 'repaired', 'it is made right');
select pg_temp.damage();
create temporary table before as select tests.state();
select results_eq($$select a::text from apartado.repair(null, false, 'counted', 'k') a$$, 'select f::text from first f', 'every row, in the order of the first time');
select results_eq('select tests.state()', 'select * from before', 'and nothing is repaired again');
select tests.refuses($$select * from apartado.repair(null, true, 'counted', 'k')$$, 'RS310', 'idempotency_key', 'another request');
