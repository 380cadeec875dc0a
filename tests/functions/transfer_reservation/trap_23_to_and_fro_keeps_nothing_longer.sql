select plan(3);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
select from apartado.transfer_reservation('ana', tests.reservation('ana', 'disc'), 'ben');
select from apartado.transfer_reservation('ben', tests.reservation('ben', 'disc'), 'ana');
select apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '168 hours') from generate_series(1, 3);
select from apartado.transfer_reservation('ana', tests.reservation('ana', 'disc'), 'ben');
select tests.refuses($$select * from apartado.extend_reservation('ben', tests.reservation('ben', 'disc'), '1 hour')$$, 'RS502', 'by', 'the cap counts from the first beginning');
select is((select expires_at from apartado.begin_payment('ben', tests.reservation('ben', 'disc'))), '2030-01-01 12:30Z', 'and payment begins anew');
select tests.commits();
