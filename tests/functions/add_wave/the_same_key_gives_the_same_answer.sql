select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('disc');
create temporary table d as select tests.drop_of('0', null, 'disc') as id;
create temporary table first as select * from apartado.add_wave(null, (select id from d), apartado.item_id('disc'), 2, '2030-01-02', p_idempotency_key => 'k');
select tests.advance('1 hour');
select results_eq($$select a::text from apartado.add_wave(null, (select id from d), apartado.item_id('disc'), 2, '2030-01-02', p_idempotency_key => 'k') a$$, 'select f::text from first f', 'every column');
select is(count(*), 1::bigint, 'one wave') from apartado.waves;
select tests.refuses($$select * from apartado.add_wave(null, (select id from d), apartado.item_id('disc'), 3, '2030-01-02', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'another request');
