select plan(8);
select * from apartado.put_items(null, '[{"sku": "a", "title": "A"}]');
select throws_ok(format($$ select * from apartado.find_items(p_after => %L, p_sort => 'price') $$, c), 'RS205', null, n)
  from (values ('x', 'too short'), ('####', 'not base64'), (encode('\xff00', 'base64'), 'not UTF-8'), (encode('[1', 'base64'), 'not JSON'),
               (encode('["price", "a", 1, 1]', 'base64'), 'no number'), (encode('["price", "1", null, 1]', 'base64'), 'no item')) v (c, n);
select throws_ok($$ select * from apartado.find_items(p_sort => 'year', p_after => rtrim(encode('["year", "3000000000", 1, 1]', 'base64'), '=')) $$, 'RS205', null, 'no year');
select throws_ok(format($$ select * from apartado.find_items(p_after => %L, p_sort => 'price') $$, (select cursor from apartado.find_items())), 'RS205', null, 'of another order');
