select plan(5);
select tests.members('ana'), tests.item('disc');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'), 2147483647)$$, 'RS301', 'quantity');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'), -2147483648)$$, 'RS202', 'quantity');
select tests.refuses($$select * from apartado.reserve(repeat('a', 100000), apartado.item_id('disc'))$$, 'RS103', 'member', 'an endless alias');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'), p_location => repeat('a', 100000))$$, 'RS104', 'location', 'an endless location');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'), p_idempotency_key => repeat('a', 100000))$$, 'RS205', 'idempotency_key', 'an endless key');
