select plan(3);
select * from apartado.put_items(null, '[{"sku": "a", "title": "A", "price": 1}]');
create temporary table before as select version from apartado.stock where item_id = apartado.item_id('a');
select * from apartado.put_items(null, '[{"sku": "a", "price": 2, "artists": ["X"]}]');
select ok((select s.version > b.version from apartado.stock s, before b where s.item_id = apartado.item_id('a')), 'whoever judged by the old price is stopped');
select results_eq(
  $$ select kind, details from apartado.events where kind = 'item.changed' $$,
  $$ values ('item.changed', '{"price": [1.00, 2.00]}'::jsonb) $$, 'told once, with the old and the new value');
select is((select e.version from apartado.events e where kind = 'item.changed'), (select s.version from apartado.stock s where item_id = apartado.item_id('a')), 'with the new version');
