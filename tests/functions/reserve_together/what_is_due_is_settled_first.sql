select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc', 2);
select tests.held('disc', 'ana', 'ben'), tests.waiting('disc', 'cai');
select tests.advance('169 hours');
select is(tests.together('disc', 'dan', 'cai', 'ana'), '1 reserved, 2 reserved, 3 RS301', 'the head has hers, and one is over for the first who asks');
select is(tests.holders('disc'), 'cai 1, dan 1', 'those two hold');
select tests.commits();
