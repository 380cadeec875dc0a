select plan(3);
select results_eq(
  $$ select outcome from apartado.put_items(null, '[{"sku": "a", "title": 5}, {"sku": "a", "title": "first"}, {"sku": " a ", "title": "second"}]') order by number $$,
  array['refused', 'inserted', 'refused'],
  'the first good one counts');
select is((select title from apartado.items where sku = 'a'), 'first', 'and is kept');
select is((select reason from apartado.put_items(null, '[{"sku": "b", "title": "B"}, {"sku": "b", "title": "B"}]') where number = 2),
          'RS205 sku: It stands in the list already. (same_as: 1, sku: b)', 'and the other is told which came first');
