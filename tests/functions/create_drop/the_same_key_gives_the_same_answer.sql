select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('disc');
create temporary table first as select * from apartado.create_drop(null, 'Friday', array[apartado.item_id('disc')], '2030-01-04 18:00Z', p_idempotency_key => 'k');
select tests.advance('1 hour');
select results_eq($$select a::text from apartado.create_drop(null, 'Friday', array[apartado.item_id('disc')], '2030-01-04 18:00Z', p_idempotency_key => 'k') a$$, 'select f::text from first f', 'every column, never included');
select is(count(*), 1::bigint, 'one drop') from apartado.drops;
select tests.refuses($$select * from apartado.create_drop(null, 'Friday', array[apartado.item_id('disc')], '2030-01-04 19:00Z', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'another time');
