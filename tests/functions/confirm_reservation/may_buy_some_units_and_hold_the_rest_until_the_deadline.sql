select plan(7);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc', 3);
select from apartado.reserve('ana', apartado.item_id('disc'), 3);
select is((select concat_ws(' ', quantity, remaining, total) from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), 1)),
          '1 2 12.50', 'one is bought, two remain');
select is((select concat_ws(' ', status, quantity, expires_at at time zone 'UTC') from apartado.reservations), 'active 2 2030-01-08 12:00:00', 'held as before');
select is(tests.stock('disc'), '0 free, 2 held, 1 sold, 0 waiting', 'the counters');
select is((select concat_ws(' ', quantity, remaining) from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), 2)), '2 0', 'the rest follows');
select is((select count(*) from apartado.purchases), 2::bigint, 'in a purchase of its own');
select is(tests.told('disc'),
          'stock.changed, reservation.created ana, reservation.changed ana, purchase.created ana, reservation.sold ana, purchase.created ana', 'it is told');
select tests.commits();
