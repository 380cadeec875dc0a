select plan(8);
create temporary table answer as select * from apartado.put_items(null, '[
  {"sku": "r-42", "title": "Runner 42", "parent": " runner "}, {"sku": "r-43", "title": "Runner 43", "parent": "runner"}, {"sku": "a", "title": "A"},
  {"sku": "b", "title": "B", "parent": 7}]'::jsonb || jsonb_build_array(jsonb_build_object('sku', 'c', 'title', 'C', 'parent', repeat('c', 256))));
select is((select string_agg(outcome, ' ' order by number) from answer), 'inserted inserted inserted refused refused', 'a text of at most 255 characters');
select matches((select reason from answer where sku = 'c'), '^RS204 parent: .*longest: 255', 'which is said');
select is((select array_agg(concat_ws(' ', g.sku, g.parent) order by g.sku) from apartado.items i cross join lateral apartado.get_item(null, i.item_id) g),
  '{a,"r-42 runner","r-43 runner"}', 'two of one family, and one by itself');
select is((select outcome from apartado.put_items(null, '[{"sku": "r-42", "parent": "runner"}]')), 'unchanged', 'the same again');
select from apartado.put_items(null, '[{"sku": "r-42", "title": "Runner, 42"}]');
select is((select parent from apartado.get_item(null, apartado.item_id('r-42'))), 'runner', 'what is not named stays');
select from apartado.put_items(null, '[{"sku": "r-42", "parent": null}]');
select is((select parent from apartado.get_item(null, apartado.item_id('r-42'))), null, 'null takes it out of the family');
select from apartado.put_items(null, '[{"sku": "a", "parent": "runner"}]');
select is((select details -> 'parent' from apartado.events where kind = 'item.changed' order by event_id desc limit 1), '[null, "runner"]', 'that it came into it is told');
select from apartado.put_items(null, '[{"sku": "a", "parent": "walker"}]');
select is((select details -> 'parent' from apartado.events where kind = 'item.changed' order by event_id desc limit 1), '["runner", "walker"]', 'and what it was is told');
