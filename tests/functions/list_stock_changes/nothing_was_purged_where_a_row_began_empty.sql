select plan(6);
select tests.freeze('2030-01-01 12:00Z');
insert into apartado.locations (code, name) values ('north', 'North');
select from apartado.put_items(null, '[{"sku": "disc", "title": "Disc", "quantity": 0}]');
select is(string_agg(format('%s %s', kind, details ->> 'delta'), ', '), 'stock.changed 0', 'an empty row is told') from apartado.events where stock_id is not null;
select tests.advance('1 hour');
select from apartado.adjust_stock(null, apartado.item_id('disc'), 2, 'first delivery');
select from apartado.adjust_stock(null, apartado.item_id('disc'), 1, 'for the north', 'north');
select results_eq($$select concat_ws(' ', location, cause, reason, delta_total) from apartado.list_stock_changes(null, apartado.item_id('disc')) order by 1$$,
  array['main stock.changed first delivery 2', 'north stock.changed for the north 1'], 'what came is what was told');
select from apartado._number_events(1000);
update apartado.settings set purged_to = 1;
select results_eq($$select concat_ws(' ', location, cause) from apartado.list_stock_changes(null, apartado.item_id('disc')) order by 1$$,
  array['main stock.changed', 'north stock.changed'], 'also where others were purged');
select results_eq($$select concat_ws(' ', location, total) from apartado.item_at(null, apartado.item_id('disc'), '2030-01-01 12:30Z')$$, array['main 0'], 'before it was kept there, too, the past is known');
select is_empty('select * from apartado.check_consistency()', 'and all is well');
select tests.commits();
