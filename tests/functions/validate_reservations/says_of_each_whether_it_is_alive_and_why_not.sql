select plan(5);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben');
select tests.item('d' || n, 2) from generate_series(1, 5) n;
select tests.held('d' || n, 'ana') from generate_series(1, 5) n;
select tests.held('d1', 'ben');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'd2'));
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'd3'));
select from apartado.revoke_reservation(null, tests.reservation('ana', 'd4'), 'damaged');
select from apartado.extend_reservation('ana', tests.reservation('ana', 'd1'));
select tests.advance('168 hours');
create temporary table ids as select array[tests.reservation('ana', 'd5'), tests.reservation('ana', 'd1'), tests.reservation('ana', 'd2'), null,
  tests.reservation('ana', 'd3'), tests.reservation('ana', 'd4'), tests.reservation('ben', 'd1'), 0, tests.reservation('ana', 'd1')] as i;
select is((select array_agg(concat_ws(' ', valid, status, code, reason)) from apartado.validate_reservations('ana', (select i from ids))),
          '{f expired RS401,t active,f cancelled RS402,f RS102,f sold RS404,f revoked RS402 damaged,f RS102,f RS102,t active}', 'in the order asked');
select is((select array_agg(reservation_id) from apartado.validate_reservations('ana', (select i from ids))), (select i from ids), 'each id, as often as it was asked');
select is((select array_agg((item_id, location, quantity, price, currency, expires_at)::text) from apartado.validate_reservations('ana', (select i[7:9] from ids))),
          array['(,,,,,)', '(,,,,,)', (apartado.item_id('d1'), 'main'::text, 1, 12.50, 'EUR'::text, timestamptz '2030-01-15 12:00Z')::text], 'nothing of what is another''s');
select is((select array_agg(reservation_id) from apartado.validate_reservations('ana')), array[tests.reservation('ana', 'd1')], 'none named: all that are alive');
select is_empty($$select from apartado.validate_reservations('ana', '{}')$$, 'none asked');
