select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc', 1);
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select tests.advance('169 hours');
select is(tests.joined_together('disc', 'cai', 'ben', 'dan', 'ana'), '1 1, 2 RS302, 3 2, 4 3', 'the head has it, the others wait for him');
select is(tests.holders('disc'), 'ben 1', 'he holds');
select is(tests.line('disc'), 'cai dan ana', 'and they wait');
select tests.commits();
