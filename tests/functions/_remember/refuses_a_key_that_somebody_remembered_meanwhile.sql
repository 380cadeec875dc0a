select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select apartado._remember('ana', null, 'f', '[1]', '{}');
select is_empty('select from apartado.idempotency_keys', 'no key, nothing to remember');
select apartado._remember('ana', 'k', 'f', '[1]', '{"a": 1}');
select throws_ok($$select apartado._remember('ana', 'k', 'f', '[1]', '{"a": 2}')$$, '40001', null, 'the retry will find the answer');
select tests.advance('24 hours');
select lives_ok($$select apartado._remember('ana', 'k', 'f', '[2]', '{"a": 3}')$$, 'a day later the key is free');
select is(apartado._recall('ana', 'k', 'f', '[2]'), '{"a": 3}', 'and means the new request');
