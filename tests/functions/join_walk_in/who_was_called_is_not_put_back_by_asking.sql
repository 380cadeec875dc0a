select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben');
select from apartado.join_walk_in(null, tests.device('phone'));
select from apartado.join_walk_in('ana');
select from apartado.serve_next(null);
select tests.freeze('2030-01-01 12:05Z');
create temporary table before as select tests.state() as state;
select is((select concat_ws(' ', ticket, status, "position", waiting, served_at at time zone 'UTC') from apartado.join_walk_in(null, tests.device('phone'))),
          '1 served 1 2030-01-01 12:00:00', 'the entry that was called, without a position');
select is(tests.state(), (select state from before), 'and nothing was written');
select is((select concat_ws(' ', ticket, status, "position", waiting) from apartado.join_walk_in(null, tests.device('phone'), p_again => null)), '1 served 1', 'also with null');
select is((select concat_ws(' ', ticket, status, "position", waiting, served_at) from apartado.join_walk_in(null, tests.device('phone'), p_again => true)),
          '3 waiting 2 2', 'who says again stands there anew, behind the others');
select is((select concat_ws(' ', ticket, status, "position") from apartado.join_walk_in(null, tests.device('phone'), p_again => true)), '3 waiting 2', 'once, however often it is said');
select is((select concat_ws(' ', ticket, status, "position") from apartado.join_walk_in('ana', p_again => true)), '2 waiting 1', 'who still waits keeps the place');
select from apartado.leave_walk_in('ana');
select is((select concat_ws(' ', ticket, status, "position") from apartado.join_walk_in('ana')), '4 waiting 2', 'who left may simply come back');
select from apartado.join_walk_in('ben', p_idempotency_key => 'k');
select tests.refuses($$select * from apartado.join_walk_in('ben', p_idempotency_key => 'k', p_again => true)$$, 'RS310', 'idempotency_key', 'again is another request');
select tests.commits();
