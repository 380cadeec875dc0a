select plan(4);
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc', 4), tests.item('tape', 1);
select is(tests.together('disc', 'dan {"quantity": 2}', 'cai {"quantity": 3}', 'ben', 'ana'), '1 reserved, 2 RS301, 3 reserved, 4 reserved',
          'who wants more than is left is refused, whoever comes after that is served');
select is(tests.holders('disc'), 'dan 2, ben 1, ana 1', 'as one after the other');
select is(tests.together('tape', 'dan', 'cai', 'ben', 'ana'), '1 reserved, 2 RS301, 3 RS301, 4 RS301', 'the last one goes to the first');
select tests.commits();
