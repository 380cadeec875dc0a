select plan(2);
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
select tests.refuses($$select * from apartado.reserve('ben', apartado.item_id('disc'), p_idempotency_key => 'k')$$, 'RS301', 'quantity');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select is((select outcome from apartado.reserve('ben', apartado.item_id('disc'), p_idempotency_key => 'k')), 'reserved', 'tried again under the same key, it works');
