select plan(5);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
select from apartado.transfer_reservation('ana', tests.reservation('ana', 'disc'), 'ben');
select from apartado.transfer_reservation('ben', tests.reservation('ben', 'disc'), 'ana');
select apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '168 hours') from generate_series(1, 3);
select from apartado.transfer_reservation('ana', tests.reservation('ana', 'disc'), 'ben');
select tests.refuses($$select * from apartado.extend_reservation('ben', tests.reservation('ben', 'disc'), '1 hour')$$, 'RS502', 'by', 'the cap counts from the first beginning');
select is((select expires_at from apartado.begin_payment('ben', tests.reservation('ben', 'disc'))), '2030-01-01 12:30Z', 'payment begins');
select from apartado.transfer_reservation('ben', tests.reservation('ben', 'disc'), 'ana');
select is(payment_began_at, '2030-01-01 12:00Z', 'and it has begun for whoever gets it') from apartado.reservations where reservation_id = tests.reservation('ana', 'disc');
select tests.refuses($$select * from apartado.begin_payment('ana', tests.reservation('ana', 'disc'))$$, 'RS312/paying', 'reservation', 'so it does not begin again');
select tests.commits();
