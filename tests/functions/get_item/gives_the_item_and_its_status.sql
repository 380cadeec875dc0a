select plan(2);
select * from apartado.put_items(null, '[{"sku": "a", "title": "A", "price": 1200, "currency": "JPY", "artists": ["X"]}]');
select results_eq(
  $$ select sku, title, price::text, currency, artists, status, available, location from apartado.get_item(null, apartado.item_id('a')) $$,
  $$ values ('a', 'A', '1200', 'JPY', '[{"name": "X"}]'::jsonb, 'available', 1, 'main') $$, 'in one row');
select is((select count(*) from apartado.get_item(null, apartado.item_id('a'))), 1::bigint, 'one');
