select plan(2);
select results_eq(
  $$ select outcome from apartado.put_items(null, '[{"sku": "a", "title": 5}, {"sku": "a", "title": "first"}, {"sku": " a ", "title": "second"}]') order by number $$,
  array['refused', 'inserted', 'refused'],
  'the first good one counts');
select is((select title from apartado.items where sku = 'a'), 'first', 'and is kept');
