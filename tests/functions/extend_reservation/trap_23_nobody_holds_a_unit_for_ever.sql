select plan(9);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
select apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 hour') from generate_series(1, 3);
select tests.refuses($$select * from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 second')$$, 'RS502', 'by', 'a fourth time');
update apartado.policies set extension_limit = 100, extension_total = '10 hours' where name = 'default';
select tests.refuses($$select * from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '7 hours 1 second')$$, 'RS502/longest', 'by', 'longer altogether than the policy gives');
select is((select expires_at from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '7 hours')), '2030-01-08 22:00Z', 'no longer is possible');
update apartado.policies set extension_total = '8000 hours' where name = 'default';
select tests.refuses($$select * from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '494 hours 1 second')$$, 'RS502/longest', 'by', 'beyond the cap from its beginning');
select is((select expires_at from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '494 hours')), '2030-01-29 12:00Z', 'up to it');
select tests.refuses($$select * from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 microsecond')$$, 'RS502', 'by', 'and then no more');
select from apartado.transfer_reservation('ana', tests.reservation('ana', 'disc'), 'ben');
select tests.refuses($$select * from apartado.extend_reservation('ben', tests.reservation('ben', 'disc'), '1 second')$$, 'RS502', 'by', 'nor in other hands');
update apartado.policies set extension_limit = 0, extension_total = '0' where name = 'default';
select tests.refuses($$select * from apartado.extend_reservation('ben', tests.reservation('ben', 'disc'))$$, 'RS502', 'by', 'a policy may give none');
select tests.commits();
