select plan(2);
select tests.members('ana'), tests.item('a');
select tests.held('a', 'ana');
-- a mark that claims more than is true would hide an event for ever: so nothing in this transaction may set one
select apartado._number_events();
select is((select low_id from apartado.event_cursor), 0::bigint, 'within the transaction that wrote the events no mark is set');
update apartado.event_cursor set low_id = (select max(event_id) from apartado.events), mark_id = (select max(event_id) from apartado.events);
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'a'));
select is(apartado._number_events(), 1, 'what comes after the mark is found');
