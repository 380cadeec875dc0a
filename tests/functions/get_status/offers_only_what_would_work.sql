select plan(3);
select tests.members('ana', 'ben'), tests.item('free');
select tests.item('d' || n) from generate_series(1, 6) n;
select tests.held('d' || n, 'ana') from generate_series(1, 5) n;
select tests.held('d6', 'ben');
select is((status, actions), ('available'::text, '{}'::text[]), 'no sixth reservation') from apartado.get_status('ana', apartado.item_id('free'));
select is((status, actions), ('reserved_by_others'::text, '{}'::text[]), 'and no queue') from apartado.get_status('ana', apartado.item_id('d6'));
update apartado.policies set queue_limit = 0;
select is(actions, '{}', 'no place in a queue that takes nobody') from apartado.get_status('ben', apartado.item_id('d1'));
