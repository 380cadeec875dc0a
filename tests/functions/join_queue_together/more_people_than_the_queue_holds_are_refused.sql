select plan(3);
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc', 1), tests.held('disc', 'dan');
update apartado.policies set queue_limit = 2 where name = 'default';
select is(tests.joined_together('disc', 'cai', 'ana', 'ben'), '1 1, 2 2, 3 RS503', 'who came last');
select is(tests.line('disc'), 'cai ana', 'two wait');
select tests.commits();
