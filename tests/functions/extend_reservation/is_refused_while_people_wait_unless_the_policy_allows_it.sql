select plan(6);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select tests.refuses($$select * from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 hour')$$, 'RS306/held', 'reservation', 'ben waits');
update apartado.members set barred_at = apartado.clock() where alias = 'ben';
select is((select extensions from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 hour')), 1, 'one who may not be served is no reason');
update apartado.members set barred_at = null;
select tests.refuses($$select * from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 hour')$$, 'RS306/held', 'reservation', 'again');
update apartado.policies set extend_while_wanted = true where name = 'default';
select is((select extensions from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 hour')), 2, 'the policy allows it');
select is(tests.line('disc'), 'ben', 'ben goes on waiting');
select tests.commits();
