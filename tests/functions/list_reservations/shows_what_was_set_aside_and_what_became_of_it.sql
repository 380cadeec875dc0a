select plan(13);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben');
select tests.item('d' || n, 2) from generate_series(1, 5) n;
select tests.held('d' || n, 'ana') from generate_series(1, 4) n;
select from apartado.reserve('ana', apartado.item_id('d5'), 2, p_ttl => '2 hours');
select tests.held('d1', 'ben');
select tests.advance('1 hour');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'd1'));
select from apartado.revoke_reservation(null, tests.reservation('ana', 'd2'), 'damaged');
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'd3'));
select tests.advance('1 hour');
select results_eq(
  $$select sku, status, quantity, closed_at at time zone 'UTC', reason from apartado.list_reservations('ana')$$,
  $$values ('d5', 'expired', 2, timestamp '2030-01-01 14:00', null),
           ('d4', 'active', 1, null, null),
           ('d3', 'sold', 1, '2030-01-01 13:00', null),
           ('d2', 'revoked', 1, '2030-01-01 13:00', 'damaged'),
           ('d1', 'cancelled', 1, '2030-01-01 13:00', null)$$,
  'the newest first; past its deadline it is expired, although nothing closed it');
select is((extensions, payment_began_at, yields), (0, null::timestamptz, false), 'extensions, payment_began_at, yields')
  from apartado.list_reservations('ana') where sku = 'd4';
select from apartado.extend_reservation('ana', tests.reservation('ana', 'd4'));
select from apartado.begin_payment('ana', tests.reservation('ana', 'd4'));
select is((extensions, payment_began_at), (1, '2030-01-01 14:00Z'::timestamptz), 'whoever lost the answer reads that it was extended, and that payment began')
  from apartado.list_reservations('ana') where sku = 'd4';
create temporary table one as select * from apartado.list_reservations('ana') where sku = 'd5';
select is(reservation_id, tests.reservation('ana', 'd5'), 'reservation_id') from one;
select is(item_id, apartado.item_id('d5'), 'item_id') from one;
select is(title, 'Title of d5', 'title') from one;
select is(location, 'main', 'location') from one;
select is(price::text, '12.50', 'price') from one;
select is(currency, 'EUR', 'currency') from one;
select is(reserved_at, '2030-01-01 12:00Z', 'reserved_at') from one;
select is(expires_at, '2030-01-01 14:00Z', 'expires_at') from one;
select is(server_time, '2030-01-01 14:00Z', 'server_time') from one;
select results_eq($$select sku from apartado.list_reservations('ben')$$, $$values ('d1')$$, 'ben sees his own only');
