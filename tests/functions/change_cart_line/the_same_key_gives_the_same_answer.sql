select plan(2);
select tests.members('ana'), tests.item('disc', 9);
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
create temporary table first as select * from apartado.change_cart_line('ana', apartado.item_id('disc'), 2, p_idempotency_key => 'k');
select from apartado.change_cart_line('ana', apartado.item_id('disc'), 3);
select results_eq($$select c::text from apartado.change_cart_line('ana', apartado.item_id('disc'), 2, p_idempotency_key => 'k') c$$, 'select f::text from first f', 'every field');
select is(tests.cart('ana'), '3 disc', 'and what came after it stays');
