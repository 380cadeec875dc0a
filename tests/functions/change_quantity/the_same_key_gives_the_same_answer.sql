select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 3);
select tests.held('disc', 'ana');
create temporary table request as select tests.reservation('ana', 'disc') as r;
create temporary table first as select * from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), 2, p_idempotency_key => 'k');
create temporary table before as select tests.state();
select tests.advance('1 minute');
select results_eq($$select c::text from apartado.change_quantity('ana', (select r from request), 2, p_idempotency_key => 'k') c$$,
                  $$select c::text from first c$$, 'every column');
select results_eq('select tests.state()', 'select * from before', 'and nothing was written');
select tests.refuses($$select * from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), 3, p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'another request');
select tests.commits();
