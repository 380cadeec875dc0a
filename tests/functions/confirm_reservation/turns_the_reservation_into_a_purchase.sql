select plan(14);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc', 3);
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
update apartado.items set price = 99, changed_at = apartado.clock();
select tests.advance('1 hour');
create temporary table answer as
  select * from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), p_reference => 'order 7');
select is(purchase_id, (select purchase_id from apartado.purchases), 'purchase_id') from answer;
select is(reservation_id, tests.reservation('ana', 'disc'), 'reservation_id') from answer;
select is(quantity, 2, 'quantity: all of it') from answer;
select is(remaining, 0, 'remaining') from answer;
select is(price::text, '12.50', 'price: that of the day it was set aside') from answer;
select is(currency, 'EUR', 'currency') from answer;
select is(total::text, '25.00', 'total') from answer;
select is(reacquired, false, 'reacquired') from answer;
select is(server_time, '2030-01-01 13:00Z', 'server_time') from answer;
select is(tests.stock('disc'), '1 free, 0 held, 2 sold, 0 waiting', 'the counters');
select is((select concat_ws(' ', status, quantity) from apartado.reservations), 'sold 2', 'the reservation is sold');
select is((select concat_ws(' ', quantity, price, currency, reference, purchased_at at time zone 'UTC') from apartado.purchases),
          '2 12.50 EUR order 7 2030-01-01 13:00:00', 'the purchase is recorded');
select is(tests.told('disc'), 'stock.changed, reservation.created ana, item.changed, reservation.sold ana, purchase.created ana', 'it is told');
select tests.commits();
