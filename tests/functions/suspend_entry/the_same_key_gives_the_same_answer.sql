select plan(4);
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
create temporary table first as select * from apartado.suspend_entry('ben', apartado.item_id('disc'), p_idempotency_key => 'k');
create temporary table before as select tests.state();
select results_eq($$select c::text from apartado.suspend_entry('ben', apartado.item_id('disc'), p_idempotency_key => 'k') c$$, $$select c::text from first c$$, 'every column');
select results_eq('select tests.state()', 'select * from before', 'and nothing was written');
select tests.refuses($$select * from apartado.suspend_entry('ben', apartado.item_id('disc'), 'main', 'k')$$, 'RS310', 'idempotency_key', 'another request');
select tests.commits();
