select plan(3);
select tests.members('ana', 'ben'), tests.item('disc', 5), tests.item('tape', 5);
select tests.together('disc', 'ana {"idempotency_key": "k"}', 'ben');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select is(tests.together('disc', 'ana {"idempotency_key": "k"}', 'ben'), '1 reserved, 2 RS302', 'the answer from then');
select is(tests.together('disc', 'ana {"idempotency_key": "k"}', 'ben {"sku": "tape"}'), '2 reserved', 'and none among several rows');
select is(tests.holders('disc'), 'ben 1', 'though she cancelled meanwhile');
