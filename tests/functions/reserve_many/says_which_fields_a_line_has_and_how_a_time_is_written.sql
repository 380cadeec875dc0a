select plan(4);
select tests.member('ana'), tests.item('disc');
select is(tests.detail_of($$select apartado.reserve_many('ana', '[{"item": 8}, {"item": 8, "qty": 2}]')$$), 'field: qty, known: item, quantity, location, ttl, line: 2', 'the fields that there are');
select is(tests.detail_of($$select apartado.reserve_many('ana', '[{"item": 8, "ttl": "P1Y"}]')$$),
  'example: PT60S, expected: seconds, or ISO 8601 without years and months, field: ttl, line: 1, ttl: P1Y', 'a year is no length of time');
select tests.refuses($$select apartado.reserve_many('ana', '[{"item": 8, "qty": 2}]')$$, 'RS205/unknown', 'lines', 'a name that is misspelt is no value that is malformed');
select is(tests.detail_of($$select apartado.reserve_many('ana', '[{"item": 8, "ttl": "P400D"}]')$$),
  'field: ttl, line: 1, longest: PT8784H, ttl: P400D', 'one that is written well and too long is told the longest');
