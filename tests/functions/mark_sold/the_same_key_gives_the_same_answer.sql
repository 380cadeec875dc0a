select plan(3);
select tests.members('ana'), tests.operator('olga'), tests.item('disc', 2);
create temporary table first as select * from apartado.mark_sold('olga', apartado.item_id('disc'), p_buyer => 'ana', p_idempotency_key => 'k');
create temporary table before as select tests.state();
select results_eq($$select m::text from apartado.mark_sold('olga', apartado.item_id('disc'), p_buyer => 'ana', p_idempotency_key => 'k') m$$, $$select m::text from first m$$, 'every column');
select results_eq('select tests.state()', 'select * from before', 'and only one was sold');
select tests.refuses($$select * from apartado.mark_sold('olga', apartado.item_id('disc'), p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'another request');
