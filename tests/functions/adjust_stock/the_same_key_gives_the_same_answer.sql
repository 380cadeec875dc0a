select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('disc');
create temporary table first as select * from apartado.adjust_stock(null, apartado.item_id('disc'), 2, 'bought', p_idempotency_key => 'k');
select tests.advance('1 hour');
create temporary table before as select tests.state();
select results_eq($$select a::text from apartado.adjust_stock(null, apartado.item_id('disc'), 2, 'bought', p_idempotency_key => 'k') a$$, $$select a::text from first a$$, 'every column, server_time included');
select results_eq('select tests.state()', 'select * from before', 'and nothing came twice');
select tests.refuses($$select * from apartado.adjust_stock(null, apartado.item_id('disc'), 3, 'bought', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'another request');
