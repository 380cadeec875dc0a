select plan(3);
select tests.members('ana'), tests.operator('olga'), tests.item('disc', 3);
insert into apartado.locations (code, name) values ('till', 'The till');
select from apartado.adjust_stock('olga', apartado.item_id('disc'), 2, 'moved', 'till');
select from apartado.add_to_cart('ana', apartado.item_id('disc'), 1, p_location => 'till');
select from apartado.join_walk_in('ana', p_location => 'till');
select from apartado.serve_next('olga', 'till');
select from apartado.place_order('ana', 'till');
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select apartado._number_events(1000);
create function pg_temp.told(p_who text, p_location text) returns text language sql as $$
  select string_agg(distinct kind, ' ' order by kind) from apartado.list_events(p_who, 0, p_location => p_location) where kind !~ '^(stock|purchase|reservation|item)'
$$;
select is(pg_temp.told('olga', 'till'), 'cart.changed location.changed order.placed walk_in.joined walk_in.served', 'a till hears what is there');
select is(pg_temp.told('ana', 'till'), 'cart.changed order.placed walk_in.joined walk_in.served', 'and whose it is');
select is(pg_temp.told('ana', 'main'), 'cart.changed', 'and nothing of elsewhere');
