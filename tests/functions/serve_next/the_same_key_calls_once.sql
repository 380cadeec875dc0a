select plan(3);
select tests.members('ana', 'ben');
select from apartado.join_walk_in('ana');
select from apartado.join_walk_in('ben');
create temporary table first as select * from apartado.serve_next(null, p_idempotency_key => 'k');
select results_eq($$select * from apartado.serve_next(null, p_idempotency_key => 'k')$$, 'select * from first', 'the same answer');
select is((select count(*) from apartado.walk_in_entries where status = 'waiting'), 1::bigint, 'ben still waits');
select tests.commits();
