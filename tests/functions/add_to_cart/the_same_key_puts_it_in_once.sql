select plan(3);
select tests.members('ana'), tests.item('disc', 5);
create temporary table first as select * from apartado.add_to_cart('ana', apartado.item_id('disc'), 2, p_idempotency_key => 'k');
select results_eq($$select * from apartado.add_to_cart('ana', apartado.item_id('disc'), 2, p_idempotency_key => 'k')$$, 'select * from first', 'the same answer');
select is(tests.cart('ana'), '2 disc', 'once');
select tests.refuses($$select * from apartado.add_to_cart('ana', apartado.item_id('disc'), 3, p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key');
