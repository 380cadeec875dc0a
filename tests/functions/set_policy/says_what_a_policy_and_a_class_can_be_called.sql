select plan(2);
select is(tests.detail_of($$select apartado.set_policy(null, 'Calle Mayor', '{"hold": 60}')$$),
  'example: calle-mayor.2, expected: a–z, digits, dots, dashes or underscores, beginning with a letter, digit or underscore, longest: 64, policy: Calle Mayor', 'what a policy can be called');
select matches(tests.detail_of($$select apartado.set_policy(null, 'p', '{"hold": 60}', p_class => 'Los VIP', p_reason => 'why')$$), 'class: Los VIP, example: .*longest: 64', 'and a class');
