select plan(7);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select tests.advance('1 hour');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select apartado._number_events();
select results_eq('select pos, kind from apartado.list_events(null)', $$values
  (1::bigint, 'stock.changed'), (2, 'reservation.created'), (3, 'queue.joined'), (4, 'reservation.cancelled'), (5, 'queue.promoted'), (6, 'reservation.created')$$, 'pos, kind');
create temporary table one as select * from apartado.list_events(null, 2, 1);
select is(pos, 3::bigint, 'after a position, so many') from one;
select is(item_id, apartado.item_id('disc'), 'item_id') from one;
select is(location, 'main', 'location') from one;
select is(at, '2030-01-01 12:00Z', 'at') from one;
select is(data, jsonb_build_object('item_id', apartado.item_id('disc'), 'location', 'main', 'status', 'reserved_by_others', 'available', 0, 'reserved', 1, 'sold', 0,
                                   'queue_length', 1, 'version', data -> 'version', 'at', '2030-01-01T12:00:00.000000Z'), 'data: the public form, the state after the change') from one;
select is_empty('select * from apartado.list_events(null, 6)', 'after the newest there is nothing, which is no error');
