select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc');
create temporary table first as select * from apartado.join_walk_in('ana');
select is((select concat_ws(' ', f.location, f.ticket, f.status, f."position", f.waiting, f.server_time at time zone 'UTC') from first f), 'main 1 waiting 1 1 2030-01-01 12:00:00', 'the first in the line');
select is((select cart_id from apartado.get_cart('ana')), (select cart_id from first), 'with her cart');
select is((select concat_ws(' ', ticket, "position", waiting) from apartado.join_walk_in(null, tests.device('phone'))), '2 2 2', 'a device may stand there, too');
select from apartado.get_cart('ben');
select is((select concat_ws(' ', ticket, "position", cart_id = (select cart_id from apartado.get_cart('ben'))) from apartado.join_walk_in('ben')), '3 3 t', 'a cart that is there is used');
select is((select string_agg(concat_ws(' ', e.kind, m.alias, e.data ->> 'ticket'), ', ' order by e.event_id) from apartado.events e left join apartado.members m using (member_id) where e.kind like 'walk_in.%'),
          'walk_in.joined ana 1, walk_in.joined 2, walk_in.joined ben 3', 'told to who stands there and to operators');
select tests.refuses($$select * from apartado.join_walk_in(null)$$, 'RS601/device', 'member');
select tests.refuses($$select * from apartado.join_walk_in('ana', p_location => 'moon')$$, 'RS104/unknown', 'location');
select tests.refuses($$select * from apartado.join_walk_in(null, 'short')$$, 'RS205', 'device');
select tests.commits();
