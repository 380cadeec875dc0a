select plan(10);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 3);
select tests.held('disc', 'ana');
select is(told, 0::bigint, 'seven days to go') from apartado.announce_expiring();
select tests.advance('143 hours 59 minutes 59 seconds');
select is(told, 0::bigint, 'a day and a second') from apartado.announce_expiring();
select tests.advance('1 second');
create temporary table before as select version from apartado.stock;
select is(told, 1::bigint, 'a day') from apartado.announce_expiring();
select is(told, 0::bigint, 'once') from apartado.announce_expiring();
select is(tests.told('disc'), 'stock.changed, reservation.created ana, reservation.expiring ana', 'one event');
select from apartado._number_events();
select results_eq($$select data ->> 'reservation_id', data ->> 'expires_at', (data ->> 'version')::bigint, at from apartado.list_events('ana') where kind = 'reservation.expiring'$$,
  $$select tests.reservation('ana', 'disc')::text, '2030-01-08T12:00:00.000000Z', version + 1, '2030-01-07 12:00Z'::timestamptz from before$$, 'with the deadline, and newer than what its holder knows');
select is(tests.stock('disc'), '2 free, 1 held, 0 sold, 0 waiting', 'nothing else changed');
select is(status, 'active', 'it is as it was') from apartado.reservations;
select tests.commits();
select is(tests.as_role('scheduler', 'select told from apartado.announce_expiring()'), '0', 'schedulers may call it');
