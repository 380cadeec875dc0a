select plan(7);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('a'), tests.item('b'), tests.item('c', p_visible => false);
select tests.held('b', 'ana');
select is((select pos from apartado.get_snapshot('ana')), 0::bigint, 'pos: nothing is numbered yet');
select apartado._number_events();
create temporary table answer as select * from apartado.get_snapshot('ana');
select is(pos, (select max(pos) from apartado.events), 'pos: the newest') from answer;
select is(server_time, '2030-01-01 12:00Z', 'server_time') from answer;
select is(jsonb_array_length(statuses), 2, 'statuses: what is hidden is left out') from answer;
select is(statuses -> 1, jsonb_build_object(
    'item_id', apartado.item_id('b'), 'location', 'main', 'status', 'reserved', 'available', 0, 'reserved', 1, 'sold', 0, 'queue_length', 0,
    'my_reservation_id', tests.reservation('ana', 'b'), 'my_quantity', 1, 'my_expires_at', '2030-01-08T12:00:00.000000Z', 'my_position', null,
    'in_cart', false, 'actions', '["confirm_reservation", "cancel_reservation"]'::jsonb,
    'version', (select version from apartado.stock where item_id = apartado.item_id('b')), 'server_time', '2030-01-01T12:00:00.000000Z'),
  'a status has every field of get_status, times in UTC') from answer;
select is_empty($$select from apartado.list_events('ana', (select pos from answer))$$, 'and nothing comes after it');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'b'));
select apartado._number_events();
select results_eq($$select kind from apartado.list_events('ana', (select pos from answer))$$, $$values ('reservation.cancelled')$$, 'but what happens next');
