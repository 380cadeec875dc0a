select plan(3);
select tests.members('ana'), tests.item('disc');
select set_config('apartado.actor', 'boss', true), set_config('apartado.session', '7', true);
select is(tests.as_role('dba', $$select outcome from apartado.reserve('ana', apartado.item_id('disc'))$$), 'reserved', 'somebody in psql may set what they like');
select is((select actor from apartado.events where kind = 'reservation.created'), 'role:dba', 'the audit names their login all the same');
select is((select session_id from apartado.events where kind = 'reservation.created'), null, 'and no session of somebody else');
