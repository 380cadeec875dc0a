select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
create temporary table first as select * from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'), p_idempotency_key => 'k');
create temporary table before as select tests.state();
select results_eq($$select c::text from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'), p_idempotency_key => 'k') c$$,
                  $$select c::text from first c$$, 'every column');
select results_eq('select tests.state()', 'select * from before', 'and nothing was written');
select tests.refuses($$select * from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'), 1, 'k')$$, 'RS310', 'idempotency_key', 'another request');
select tests.refuses($$select * from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'), p_idempotency_key => 'l')$$, 'RS402', 'reservation', 'another key finds it cancelled');
select tests.refuses($$select * from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'), p_idempotency_key => 'l')$$, 'RS402', 'reservation', 'and is not remembered for a refusal');
