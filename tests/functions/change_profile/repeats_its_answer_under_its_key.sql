select plan(3);
select tests.members('ana');
create temporary table answer as select * from apartado.change_profile('ana', 'One', p_idempotency_key => 'k');
select from apartado.change_profile('ana', 'Two');
select results_eq($$select * from apartado.change_profile('ana', 'One', p_idempotency_key => 'k')$$, 'select * from answer', 'the same request');
select is((select display_name from apartado.members), 'Two', 'changes nothing again');
select tests.refuses($$select * from apartado.change_profile('ana', 'One', '', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'another request');
