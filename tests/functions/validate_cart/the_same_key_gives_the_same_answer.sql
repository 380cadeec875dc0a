select plan(2);
select tests.members('ana'), tests.item('disc', 9);
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
update apartado.items set price = 15;
create temporary table first as select * from apartado.validate_cart('ana', p_idempotency_key => 'k');
select is(first.notices #>> '{0,reason}', 'price_changed', 'what happened is told once') from first;
select results_eq($$select c::text from apartado.validate_cart('ana', p_idempotency_key => 'k') c$$, 'select f::text from first f', 'and again to who did not hear the answer');
