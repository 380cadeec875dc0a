select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.item('disc', 9), tests.item('tape', 9);
select apartado.add_to_cart(null, apartado.item_id(s), p_device => tests.device(d)) from unnest('{disc,tape}'::text[]) s, unnest('{more,adds,less,looks}'::text[]) d;
select tests.advance('2000 hours');
select from apartado.change_cart_line(null, apartado.item_id('disc'), 2, p_device => tests.device('more'));
select from apartado.add_to_cart(null, apartado.item_id('disc'), p_device => tests.device('adds'));
select from apartado.remove_from_cart(null, apartado.item_id('disc'), p_device => tests.device('less'));
select from apartado.get_cart(null, tests.device('looks'));
create function pg_temp.has(p_device text) returns text language sql as $$
  select coalesce(string_agg(concat_ws(' ', l ->> 'quantity', l ->> 'sku'), ', ' order by l ->> 'line'), 'nothing') from apartado.get_cart(null, tests.device(p_device)) c, jsonb_array_elements(c.lines) l
$$;
select from apartado.purge('olga', 'cleaning', apartado.clock() - interval '1999 hours');
select is(pg_temp.has('more'), '2 disc, 1 tape', 'a quantity was changed: the lines stay, in the order in which they came');
select is(pg_temp.has('adds'), '2 disc, 1 tape', 'more of what was there was put in');
select is(pg_temp.has('less'), '1 tape', 'something was taken out');
select is(pg_temp.has('looks'), 'nothing', 'a look writes nothing, and keeps nothing');
select tests.advance('2000 hours');
select from apartado.purge('olga', 'cleaning', apartado.clock() - interval '1999 hours');
select is(pg_temp.has('more') || pg_temp.has('adds') || pg_temp.has('less'), 'nothingnothingnothing', 'but not for ever');
select tests.commits();
