select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc', 3);
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
select tests.advance('168 hours');
select is((outcome, quantity, available, reserved), ('reserved'::text, 1, 2, 1), 'the old one is closed on the way, and its units are counted as free') from apartado.reserve('ana', apartado.item_id('disc'));
select is((select string_agg(status, ' ' order by reservation_id) from apartado.reservations), 'expired active', 'one lives');
select tests.commits();
