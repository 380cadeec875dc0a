select plan(2);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
select tests.held('disc', 'ana');
select from apartado.join_queue('ben', apartado.item_id('disc'), 2);
select is((status, available, queue_length, actions), ('reserved_by_others'::text, 1, 1, '{join_queue}'::text[]), 'for a member') from apartado.get_status('cai', apartado.item_id('disc'));
select is(actions, '{leave_queue,suspend_entry}', 'and the head may not take the one alone') from apartado.get_status('ben', apartado.item_id('disc'));
