select plan(4);
select tests.item('disc');
create temporary table first as select * from apartado.set_policy(null, 'p', '{"hold": 60}', p_idempotency_key => 'k');
create temporary table version as select version from apartado.stock;
select from apartado.set_policy(null, 'p', '{"hold": 90}', apartado.item_id('disc'));
select results_eq($$select * from apartado.set_policy(null, 'p', '{"hold": 60}', p_idempotency_key => 'k')$$, 'select * from first', 'the same answer');
select is((select hold from apartado.policies where name = 'p'), interval '90 seconds', 'and nothing is done again');
select tests.refuses($$select * from apartado.set_policy(null, 'p', '{"hold": 61}', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key');
select tests.commits();
