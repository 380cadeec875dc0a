select plan(12);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga');
select is((select concat_ws(' ', location, status, waiting, walk_in_entry_id, cart_id, ticket, "position", served_at) from apartado.get_walk_in_position('ana')),
          'main none 0', 'who never stood there');
select from apartado.join_walk_in('ben');
create temporary table mine as select * from apartado.join_walk_in(null, tests.device('phone'));
create temporary table before as select tests.state() as state;
select is((select g::text from apartado.get_walk_in_position(null, tests.device('phone')) g),
          (select (m.walk_in_entry_id, m.cart_id, 'main', 2, 'waiting', 2, null, 2, m.server_time)::text from mine m), 'a device without anybody asks, too');
select is((select concat_ws(' ', ticket, status, "position", waiting) from apartado.get_walk_in_position('ben')), '1 waiting 1 2', 'a member');
select is(tests.state(), (select state from before), 'nothing was written');
select from apartado.serve_next('olga');
select tests.freeze('2030-01-01 12:05Z');
select is((select concat_ws(' ', ticket, status, "position", waiting) from apartado.get_walk_in_position(null, tests.device('phone'))), '2 waiting 1 1', 'one place further');
select is((select concat_ws(' ', ticket, status, "position", served_at at time zone 'UTC', waiting) from apartado.get_walk_in_position('ben')),
          '1 served 2030-01-01 12:00:00 1', 'called, and when');
select from apartado.leave_walk_in(null, tests.device('phone'));
select is((select concat_ws(' ', ticket, status, "position", served_at, waiting) from apartado.get_walk_in_position(null, tests.device('phone'))), '2 left 0', 'left');
select is((select concat_ws(' ', status, cart_id) from apartado.get_walk_in_position(null, tests.device('pad'))), 'none', 'another device sees nothing of it');
select tests.refuses($$select * from apartado.get_walk_in_position(null)$$, 'RS601/device', 'member');
select tests.refuses($$select * from apartado.get_walk_in_position('ana', p_location => 'moon')$$, 'RS104/unknown', 'location');
select tests.refuses($$select * from apartado.get_walk_in_position(null, 'short')$$, 'RS205', 'device');
select tests.commits();
