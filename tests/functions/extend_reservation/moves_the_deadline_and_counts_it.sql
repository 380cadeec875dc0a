select plan(8);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana'), tests.item('disc', 3);
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
create temporary table answer as select * from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '24 hours');
select is(expires_at, '2030-01-09 12:00Z', 'expires_at') from answer;
select is(concat_ws(' ', extensions, extensions_left, status, quantity, price, currency, location, yields, payment_began_at, reason), '1 2 active 2 12.50 EUR main f', 'the rest of it') from answer;
select is((reservation_id, item_id), (tests.reservation('ana', 'disc'), apartado.item_id('disc')), 'whose') from answer;
select is((reserved_at, server_time), (timestamptz '2030-01-01 12:00Z', timestamptz '2030-01-01 12:00Z'), 'times') from answer;
select is((select concat_ws(' ', expires_at at time zone 'UTC', extensions, extended) from apartado.reservations), '2030-01-09 12:00:00 1 24:00:00', 'as it is written');
select is(tests.told('disc'), 'stock.changed, reservation.created ana, reservation.extended ana', 'it is told');
select tests.advance('168 hours');
select is((select my_expires_at from apartado.get_status('ana', apartado.item_id('disc'))), '2030-01-09 12:00Z', 'it lives past its first deadline');
select tests.commits();
