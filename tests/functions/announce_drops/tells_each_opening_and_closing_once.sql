select plan(13);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('disc', 2), tests.item('tape'), tests.item('secret', p_visible => false);
insert into apartado.locations (code, name) values ('annex', 'Annex');
select from apartado.adjust_stock(null, apartado.item_id('disc'), 1, 'moved', 'annex');
create temporary table d as select tests.drop_of('1 hour', '2 hours', 'disc', 'secret') as id;
select tests.drop_of('-1 hour', '0', 'tape');
select is((opened, closed), (1::bigint, 1::bigint), 'what is over is told to have been open') from apartado.announce_drops();
select is(tests.told('tape'), 'stock.changed, item.changed, drop.opened, drop.closed', 'in this order');
select is((opened, closed), (0::bigint, 0::bigint), 'once') from apartado.announce_drops();
select tests.advance('1 hour');
create temporary table before as select stock_id, version from apartado.stock;
select is((opened, closed), (1::bigint, 0::bigint), 'the other one opens') from apartado.announce_drops();
select is(opened_at, '2030-01-01 13:00Z', 'written down') from apartado.drops, d where drop_id = id;
select is((opened, closed), (0::bigint, 0::bigint), 'once') from apartado.announce_drops();
select from apartado._number_events();
select results_eq($$select item_id, location, data ->> 'status', (data ->> 'drop_id')::bigint, (data ->> 'version')::bigint > b.version
                      from apartado.list_events(null) join apartado.stock s using (item_id) join before b using (stock_id) join apartado.locations l using (location_id)
                     where kind = 'drop.opened' and l.code = location and at = '2030-01-01 13:00Z' order by location desc$$,
  $$select apartado.item_id('disc'), l, 'available', id, true from d, unnest('{main,annex}'::text[]) l$$, 'for each visible stock row, in public, with drop_id and a new version');
select is(tests.told('secret'), 'stock.changed, item.changed', 'nothing of a hidden item');
select tests.advance('1 hour');
select is((opened, closed), (0::bigint, 1::bigint), 'it closes') from apartado.announce_drops();
select from apartado._number_events();
select is(array_agg(data ->> 'status'), '{ended,ended}', 'as ended') from apartado.list_events(null) where kind = 'drop.closed' and at = '2030-01-01 14:00Z';
select is((opened, closed), (0::bigint, 0::bigint), 'once') from apartado.announce_drops();
select tests.commits();
select is(tests.as_role('scheduler', 'select opened from apartado.announce_drops()'), '0', 'schedulers may call it');
