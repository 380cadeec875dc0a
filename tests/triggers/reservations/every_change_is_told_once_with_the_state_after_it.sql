select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc', 3);
select tests.acts('ana');
select from apartado.reserve('ana', apartado.item_id('disc'), 3);
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'), 1);
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), 1);
update apartado.reservations set expires_at = expires_at + interval '1 hour';
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select results_eq($$select kind, available, reserved, sold, queue_length, actor from apartado.events where kind like 'reservation.%' order by event_id$$, $$values
  ('reservation.created', 0, 3, 0, 0, 'ana'), ('reservation.changed', 1, 2, 0, 0, 'ana'), ('reservation.changed', 1, 1, 1, 0, 'ana'),
  ('reservation.extended', 1, 1, 1, 0, 'ana'), ('reservation.cancelled', 2, 0, 1, 0, 'ana')$$, 'one row each, in order');
select is((select version from apartado.events order by event_id desc limit 1), (select version from apartado.stock), 'the last one has the version of the stock row');
select tests.commits();
