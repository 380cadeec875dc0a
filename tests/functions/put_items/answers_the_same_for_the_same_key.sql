select plan(3);
create temporary table first as select * from apartado.put_items(null, '[{"sku": "a", "title": "A"}]', 'k');
select results_eq($$ select * from apartado.put_items(null, '[{"sku": "a", "title": "A"}]', 'k') $$, $$ select * from first $$, 'inserted, as the first time');
select is((select outcome from apartado.put_items(null, '[{"sku": "a", "title": "A"}]')), 'unchanged', 'without the key it is looked at again');
select throws_ok($$ select * from apartado.put_items(null, '[{"sku": "b", "title": "B"}]', 'k') $$, 'RS310', null, 'another request under the key');
