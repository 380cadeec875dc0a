select plan(5);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 1), tests.item('sold', 1, p_restock => false), tests.item('hidden', 1, p_visible => false);
select from apartado.mark_sold(null, apartado.item_id('sold'));
select is(tests.joined_together('disc', 'ana', 'ben'), '1 RS304, 2 RS304', 'it is free');
select is(tests.joined_together('sold', 'ana', 'ben'), '1 RS305, 2 RS305', 'it is sold');
select is(tests.joined_together('hidden', 'ana', 'ben'), '1 RS101, 2 RS101', 'there is none');
select is(tests.line('disc') || tests.line('sold'), 'nobodynobody', 'nobody waits');
select tests.commits();
