select plan(3);
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
create temporary table first as select * from apartado.leave_queue('ben', apartado.item_id('disc'), p_idempotency_key => 'k');
select tests.waiting('disc', 'ben');
create temporary table before as select tests.state();
select results_eq($$select l::text from apartado.leave_queue('ben', apartado.item_id('disc'), p_idempotency_key => 'k') l$$, $$select l::text from first l$$, 'every column');
select results_eq('select tests.state()', 'select * from before', 'and nothing was written: he waits again');
select tests.refuses($$select * from apartado.leave_queue('ben', apartado.item_id('disc'), 'main', 'k')$$, 'RS310', 'idempotency_key', 'another request');
