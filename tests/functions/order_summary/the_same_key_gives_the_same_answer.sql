select plan(1);
select tests.members('ana'), tests.item('disc', 9);
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
create temporary table first as select * from apartado.order_summary('ana', p_idempotency_key => 'k');
select from apartado.add_to_cart('ana', apartado.item_id('disc'), 2);
select results_eq($$select o::text from apartado.order_summary('ana', p_idempotency_key => 'k') o$$, 'select f::text from first f', 'of the cart as it was');
