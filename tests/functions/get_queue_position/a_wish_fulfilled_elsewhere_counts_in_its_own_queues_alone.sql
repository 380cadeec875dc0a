select plan(2);
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc'), tests.item('lp'), tests.item('tape');
select tests.held('disc', 'ben'), tests.held('lp', 'ben'), tests.held('tape', 'ben');
select from apartado.join_any('ana', array[apartado.item_id('disc'), apartado.item_id('tape')]);
select tests.waiting('lp', 'dan');
select from apartado.join_any('cai', array[apartado.item_id('lp'), apartado.item_id('tape')]);
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'disc'));
select is("position", 2::bigint, 'dan is in front') from apartado.get_queue_position('cai', apartado.item_id('lp'));
select is("position", 1::bigint, 'who was in front has what they wished for') from apartado.get_queue_position('cai', apartado.item_id('tape'));
