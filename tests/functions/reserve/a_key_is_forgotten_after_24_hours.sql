select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc'), tests.item('other');
select from apartado.reserve('ana', apartado.item_id('disc'), p_idempotency_key => 'k');
select tests.advance('24 hours');
select is((select item_id from apartado.reserve('ana', apartado.item_id('other'), p_idempotency_key => 'k')), apartado.item_id('other'),
          'then it stands for a new request, although no job removed it');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'), p_idempotency_key => 'k')$$, 'RS310', 'idempotency_key', 'which it then protects');
