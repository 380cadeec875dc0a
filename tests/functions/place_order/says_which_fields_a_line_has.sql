select plan(4);
select tests.member('ana'), tests.item('disc');
select is(tests.detail_of($$select apartado.place_order('ana', p_lines => '[{"item": 8, "qty": 2}]')$$), 'field: qty, known: item, quantity, line: 1', 'the fields that there are');
select is(tests.detail_of($$select apartado.place_order('ana', p_lines => '[]')$$), 'expected: list of {item, quantity}', 'where there is no line');
select is(tests.detail_of($$select apartado.place_order('ana', p_lines => '["disc"]')$$), 'expected: {item, quantity}, line: 1', 'where one is no object');
select tests.refuses($$select apartado.place_order('ana', p_lines => '[{"item": 8, "qty": 2}]')$$, 'RS205/unknown', 'lines', 'a name that is misspelt is no value that is malformed');
