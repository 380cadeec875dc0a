select plan(2);
select tests.members('ana', 'ben'), tests.item('disc', 5);
select is(tests.together('disc', 'ana', 'ben', 'ana {"quantity": 2}', 'ana'), '1 reserved, 2 reserved, 3 RS302, 4 RS302', 'the first counts');
select is(tests.holders('disc'), 'ana 1, ben 1', 'one each');
