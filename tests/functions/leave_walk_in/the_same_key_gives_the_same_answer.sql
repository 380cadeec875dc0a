select plan(2);
select tests.members('ana');
select from apartado.join_walk_in('ana');
create temporary table first as select * from apartado.leave_walk_in('ana', p_idempotency_key => 'k');
select from apartado.join_walk_in('ana', p_again => true);
select results_eq($$select l::text from apartado.leave_walk_in('ana', p_idempotency_key => 'k') l$$, 'select f::text from first f', 'every field');
select is(status, 'waiting', 'and who came back goes on waiting') from apartado.get_walk_in_position('ana');
