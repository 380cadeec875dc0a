select plan(5);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select is((select expires_at from apartado.begin_payment('ana', tests.reservation('ana', 'disc'))), '2030-01-01 12:30Z', 'the window counts, not what was left');
select is(split_part(tests.told('disc'), ', ', 4), 'reservation.changed ana', 'which is no extension');
select tests.advance('30 minutes');
select from apartado.expire_and_promote();
select is(tests.holders('disc'), 'ben 1', 'whoever does not pay in time');
select is((select status from apartado.list_reservations('ana')), 'expired', 'has lost it');
select tests.commits();
