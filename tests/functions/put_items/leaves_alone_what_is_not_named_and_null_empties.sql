select plan(3);
select * from apartado.put_items(null, '[{"sku": "a", "title": "A", "notes": "n", "country": "UK", "cms_id": "cms-1", "artists": ["X"], "styles": ["S"], "quantity": 4}]');
select is((select outcome from apartado.put_items(null, '[{"sku": "a", "country": null, "cms_id": null, "artists": null, "styles": null, "title": null, "quantity": null}]')), 'updated', 'it is changed');
select results_eq(
  $$ select title, country, cms_id, artists, styles, available from apartado.get_item(null, apartado.item_id('a')) $$,
  $$ values ('A', null::text, null::text, '[]'::jsonb, '{}'::text[], 4) $$,
  'null empties what can be empty, and is as if left out where it cannot');
select is((select notes from apartado.get_item(null, apartado.item_id('a'))), 'n', 'the others stay');
