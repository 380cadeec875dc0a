select plan(1);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 9);
select is(tests.together('disc', 'ana {"idempotency_key": ""}', 'ben', 'cai ' || jsonb_build_object('idempotency_key', repeat('k', 201))::text),
          '1 RS205, 2 reserved, 3 RS205', 'and nobody else is');
