select plan(3);
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc', 9);
select tests.together('disc', 'ana {"idempotency_key": "k", "quantity": 1}', 'ben {"idempotency_key": "k", "quantity": 2}',
                      'cai {"idempotency_key": "k", "ttl": "90 seconds"}', 'dan {"idempotency_key": "k", "if_unavailable": "queue"}');
select results_eq($$
  select a.outcome from apartado.reserve('ana', apartado.item_id('disc'), p_idempotency_key => 'k') a union all
  select b.outcome from apartado.reserve('ben', apartado.item_id('disc'), 2, p_idempotency_key => 'k') b union all
  select c.outcome from apartado.reserve('cai', apartado.item_id('disc'), p_ttl => '90 seconds', p_idempotency_key => 'k') c union all
  select d.outcome from apartado.reserve('dan', apartado.item_id('disc'), p_if_unavailable => 'queue', p_idempotency_key => 'k') d$$,
  $$select 'reserved' from generate_series(1, 4)$$, 'the same request by itself is known');
select is(tests.together('disc', 'ana {"idempotency_key": "k", "quantity": 2}', 'ben {"idempotency_key": "k"}', 'cai {"idempotency_key": "k"}',
                         'dan {"idempotency_key": "k"}'), '1 RS310, 2 RS310, 3 RS310, 4 RS310', 'another one is refused');
select is(tests.together('disc', 'ana {"idempotency_key": "k", "location": "main"}', 'ben {"idempotency_key": "k", "quantity": 2}'), '1 RS310, 2 reserved',
          'the location as it was sent');
