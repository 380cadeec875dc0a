select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc');
select set_config('apartado.actor', 'boss', true), set_config('apartado.session', '7', true);
select is(tests.as_role('dba', $$select outcome from apartado.reserve('ana', apartado.item_id('disc'))$$), 'reserved', 'somebody in psql may set what they like');
select is((select actor from apartado.events where kind = 'reservation.created'), 'role:dba', 'the audit names their login all the same');
select is((select session_id from apartado.events where kind = 'reservation.created'), null, 'and no session of somebody else');

select tests.advance('1 hour'), set_config('apartado.callers', 'boss', true);
select tests.as_role('dba', $$select status from apartado.transfer_reservation('ana', (select reservation_id from apartado.list_reservations('ana')), 'ben')$$);
select is((select max(at) from apartado.events where kind = 'reservation.created'), apartado.clock(), 'nor does it tell of a time that was not');
