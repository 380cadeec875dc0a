select plan(9);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben', 'cai'), tests.item('disc', 3);
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
select from apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 hour');
select from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'));
update apartado.items set price = 99;
select tests.advance('1 hour');
create temporary table answer as select * from apartado.transfer_reservation('ana', tests.reservation('ana', 'disc'), ' BEN ');
select is((reservation_id, status, reason, transferred_to), (tests.reservation('ana', 'disc'), 'cancelled'::text, 'transferred'::text, tests.reservation('ben', 'disc')), 'what became of it') from answer;
select is((quantity, price, reserved_at, expires_at, extensions, extended, yields, transferred_from),
          (2, 12.50, timestamptz '2030-01-01 12:00Z', timestamptz '2030-01-08 13:00Z', 1, interval '1 hour', false, tests.reservation('ana', 'disc')), 'the new one')
  from apartado.reservations where reservation_id = tests.reservation('ben', 'disc');
select is(tests.holders('disc'), 'ben 2', 'ben has them');
select is(tests.stock('disc'), '1 free, 2 held, 0 sold, 0 waiting', 'the counters stay');
select is((select array_agg(kind || ' ' || (at at time zone 'UTC')::time order by event_id) from (select event_id, kind, at from apartado.events order by event_id desc limit 2) e),
          '{reservation.cancelled 13:00:00,reservation.created 13:00:00}'::text[], 'told, at this time');
select tests.refuses($$select * from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'))$$, 'RS402', 'reservation', 'ana has nothing of it');
select is((select total from apartado.confirm_reservation('ben', tests.reservation('ben', 'disc'))), 25.00, 'ben buys at its price');
select is((select count(*) from apartado.reservations where status = 'active'), 0::bigint, 'and nothing is left');
select tests.commits();
