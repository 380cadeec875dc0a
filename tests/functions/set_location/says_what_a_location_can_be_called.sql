select plan(2);
select is(tests.detail_of($$select apartado.set_location(null, 'Barcelona Centro')$$),
  'example: calle-mayor.2, expected: a–z, digits, dots, dashes or underscores, beginning with a letter, digit or underscore, location: Barcelona Centro, longest: 64', 'the form');
select lives_ok($$select apartado.set_location(null, 'calle-mayor.2')$$, 'as in the example');
