select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('disc');
create temporary table d as select tests.drop_of('1 hour', null, 'disc') as id;
create temporary table first as select * from apartado.change_drop(null, (select id from d), p_opens_at => '2030-01-04 18:00Z', p_reason => 'r', p_idempotency_key => 'k');
create temporary table before as select tests.state();
select results_eq($$select a::text from apartado.change_drop(null, (select id from d), p_opens_at => '2030-01-04 18:00Z', p_reason => 'r', p_idempotency_key => 'k') a$$, 'select f::text from first f', 'every column');
select results_eq('select tests.state()', 'select * from before', 'and nothing happened again');
select tests.refuses($$select * from apartado.change_drop(null, (select id from d), p_opens_at => '2030-01-04 19:00Z', p_reason => 'r', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'another request');
