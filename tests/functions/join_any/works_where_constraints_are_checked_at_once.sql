select plan(2);
select tests.members('ana', 'ben'), tests.item('disc'), tests.item('tape');
set constraints all immediate;
select tests.held('disc', 'ben'), tests.held('tape', 'ben');
select lives_ok($$select * from apartado.join_any('ana', array[apartado.item_id('disc'), apartado.item_id('tape')])$$);
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'disc'));
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'tape'));
set constraints all deferred;
select tests.commits();
