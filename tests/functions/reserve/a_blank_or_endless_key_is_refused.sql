select plan(3);
select tests.members('ana'), tests.item('disc');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'), p_idempotency_key => '')$$, 'RS205', 'idempotency_key', 'blank');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'), p_idempotency_key => repeat('k', 201))$$, 'RS205', 'idempotency_key', '201 characters');
select lives_ok($$select * from apartado.reserve('ana', apartado.item_id('disc'), p_idempotency_key => repeat('ñ', 200))$$, '200 are a key');
