select plan(3);
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
create temporary table first as select * from apartado.join_queue('ben', apartado.item_id('disc'), p_idempotency_key => 'k');
select from apartado.leave_queue('ben', apartado.item_id('disc'));
create temporary table before as select tests.state();
select results_eq($$select j::text from apartado.join_queue('ben', apartado.item_id('disc'), p_idempotency_key => 'k') j$$, $$select j::text from first j$$, 'every column');
select results_eq('select tests.state()', 'select * from before', 'and nothing was written: he does not wait again');
select tests.refuses($$select * from apartado.join_queue('ben', apartado.item_id('disc'), 2, p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'another request');
