select plan(2);
select tests.members('ana'), tests.item('disc', 9);
select from apartado.add_to_cart(null, apartado.item_id('disc'), p_device => tests.device('phone'));
create temporary table first as select * from apartado.merge_carts('ana', tests.device('phone'), p_idempotency_key => 'k');
select from apartado.add_to_cart(null, apartado.item_id('disc'), p_device => tests.device('phone'));
select results_eq($$select c::text from apartado.merge_carts('ana', tests.device('phone'), p_idempotency_key => 'k') c$$, 'select f::text from first f', 'every field');
select is(tests.cart('ana'), '1 disc', 'and what the device put in since stays with it');
