select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc', 2);
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
create temporary table first as
  select * from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), 1, p_idempotency_key => 'k');
select tests.advance('1 hour');
create temporary table before as select tests.state();
select results_eq($$select c::text from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), 1, p_idempotency_key => 'k') c$$,
                  $$select c::text from first c$$, 'every column, server_time included');
select results_eq('select tests.state()', 'select * from before', 'and nothing was written: one is still held');
select tests.refuses($$select * from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), 1, 'other', 'k')$$, 'RS310', 'idempotency_key', 'another request');
select tests.commits();
