select plan(2);
select tests.members('ana');
select from apartado.get_cart('ana', p_idempotency_key => 'before');
update apartado.idempotency_keys set answer = answer - 'checked_out';
select is((select checked_out from apartado.get_cart('ana', p_idempotency_key => 'before')), '[]', 'what was remembered before there was such a field');
select tests.commits();
