select plan(5);
select set_config('apartado.bell', 'off', true);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 1), tests.item('lp', 1);
select tests.held('disc', 'ana');
-- they sign in, which is told
select tests.requests('disc', 'ben', 'cai');
select set_config('apartado.bell', '', true);
select is(tests.together('disc', 'ben', 'cai'), '1 RS301, 2 RS301', 'nothing is left');
select ok(not tests.rung(), 'so nobody is woken');
select is(tests.together('lp', 'ben', 'cai'), '1 reserved, 2 RS301', 'here one is');
select ok(tests.rung(), 'so they are');
select tests.commits();
