select plan(5);
select is(tests.detail_of($$select apartado.set_policy(null, 'p', '{"holds": 60}')$$),
  'known: ' || array_to_string(array(select f.name from apartado._policy_fields() f order by f.place), ', ') || ', name: holds, value: 60', 'each that there is, whole');
select is(tests.detail_of($$select apartado.set_policy(null, 'p', '{"hold": "7 dias"}')$$),
  'example: P7D, expected: seconds, or ISO 8601, name: hold, value: 7 dias', 'a length of time that is none');
select is(tests.detail_of($$select apartado.set_policy(null, 'p', '{"hold": 0}')$$),
  'largest_seconds: 31622400, name: hold, smallest_seconds: 0.000001, value: 0', 'one that cannot be has limits');
select lives_ok($$select apartado.set_policy(null, 'p', '{"hold": "P7D"}')$$, 'as in the example');
select tests.refuses($$select apartado.set_policy(null, 'p', '{"holds": 60}')$$, 'RS205/unknown', 'values', 'a name that is misspelt is no value that is malformed');
