select plan(4);
select tests.members('ana'), tests.item('disc');
create temporary table first as select * from apartado.get_cart('ana', p_idempotency_key => 'k');
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select results_eq($$select * from apartado.get_cart('ana', p_idempotency_key => 'k')$$, 'select * from first', 'unchanged');
select tests.refuses($$select * from apartado.get_cart('ana', p_location => 'main', p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key');
select lives_ok($$select * from apartado.get_cart(null, tests.device('phone'), p_idempotency_key => 'k')$$, 'a device''s key is another key');
select tests.commits();
