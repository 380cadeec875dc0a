select plan(2);
-- a trigger that believed NEW would cry at the middle of a transaction that ends well
select tests.members('ana', 'ben'), tests.item('disc', 2);
select tests.held('disc', 'ana', 'ben');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select from apartado.confirm_reservation('ben', tests.reservation('ben', 'disc'));
select lives_ok('set constraints all immediate', 'many changes, one truth at the end');
set constraints all deferred;
update apartado.stock set available = available - 1, reserved = reserved + 1, version = version + 1;
update apartado.stock set available = available + 1, reserved = reserved - 1, version = version + 1;
select lives_ok('set constraints all immediate', 'a mistake that was put right in time is none');
