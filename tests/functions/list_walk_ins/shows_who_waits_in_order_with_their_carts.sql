select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc', 3);
insert into apartado.locations (code, name) values ('till', 'Till');
select from apartado.join_walk_in('ben');
select from apartado.add_to_cart(null, apartado.item_id('disc'), 2, p_device => tests.device('phone'));
select from apartado.join_walk_in(null, tests.device('phone'));
select from apartado.join_walk_in('ana');
select from apartado.join_walk_in('ana', p_location => 'till');
select from apartado.serve_next('olga');
select results_eq($$select concat_ws(' ', location, "position", ticket, alias, lines, units, joined_at at time zone 'UTC') from apartado.list_walk_ins('olga')$$,
  array['main 1 2 1 2 2030-01-01 12:00:00', 'main 2 3 ana 0 0 2030-01-01 12:00:00', 'till 1 1 ana 0 0 2030-01-01 12:00:00'], 'who was called is there no more');
select is((select string_agg(l.cart_id::text, ' ' order by l.ticket) from apartado.list_walk_ins(null, 'main') l),
          (select string_agg(w.cart_id::text, ' ' order by w.ticket) from apartado.walk_in_entries w join apartado.locations using (location_id) where code = 'main' and w.status = 'waiting'), 'with the carts that are sold');
select is((select string_agg(location || "position", ' ') from apartado.list_walk_ins('olga', p_limit => 1)), 'main1 till1', 'the limit is for each location');
select from apartado.serve_next('olga');
select from apartado.serve_next('olga', 'till');
select results_eq($$select concat_ws(' ', location, coalesce("position"::text, 'called'), ticket, coalesce(alias, 'somebody'), lines, units) from apartado.list_walk_ins('olga', p_called => true)$$, array['main called 2 somebody 1 2'], 'who was called is told where something is to be sold');
select from apartado.list_walk_ins('olga', p_called => true) l cross join lateral apartado.place_order('olga', p_cart => l.cart_id) o;
select is_empty($$select * from apartado.list_walk_ins('olga', p_called => true)$$, 'until it is');
select tests.refuses($$select * from apartado.list_walk_ins('olga', p_limit => 0)$$, 'RS204', 'limit');
select tests.refuses($$select * from apartado.list_walk_ins('olga', 'moon')$$, 'RS104/unknown', 'location');
select tests.refuses($$select * from apartado.list_walk_ins('ana')$$, 'RS602', 'actor');
select tests.commits();
