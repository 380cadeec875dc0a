select plan(4);
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc', 1), tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select is(tests.joined_together('disc', 'cai', 'ben', 'cai', 'dan'), '1 2, 2 1, 3 2, 4 3', 'before, and in this call');
select is(tests.line('disc'), 'ben cai dan', 'one place for each');
select is((select count(*) from apartado.events e where e.kind = 'queue.joined'), 3::bigint, 'told once for each');
select tests.commits();
