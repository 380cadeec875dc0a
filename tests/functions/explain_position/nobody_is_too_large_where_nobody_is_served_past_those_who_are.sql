select plan(2);
-- strictly, only who is barred is passed; here ana was barred by hand, and is not any more
select tests.freeze('2030-01-01 12:00Z');
select tests.members('h1', 'ana', 'ben'), tests.item('disc', 2);
select from apartado.reserve('h1', apartado.item_id('disc'), 2);
select from apartado.join_queue('ana', apartado.item_id('disc'), 2);
select tests.waiting('disc', 'ben');
update apartado.members set barred_at = apartado.clock() where alias = 'ana';
select tests.advance('1 minute');
select from apartado.cancel_reservation('h1', tests.reservation('h1', 'disc'), 1);
update apartado.members set barred_at = null where alias = 'ana';
select is((select fact ->> 'why' from apartado.explain_position('ana', apartado.item_id('disc')) where code = 'passed'), 'could_not_be_served', 'the reason is not that she wants more');
select tests.commits();
