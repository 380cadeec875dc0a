select plan(5);
select throws_ok($$ select * from apartado.put_items(null, null) $$, 'RS205', null, 'nothing');
select throws_ok($$ select * from apartado.put_items(null, '{"sku": "a"}') $$, 'RS205', null, 'an object');
select throws_ok($$ select * from apartado.put_items(null, '[{"sku": "a", "title": "A"}, 3]') $$, 'RS205', null, 'an element that is no object');
select throws_ok($$ select * from apartado.put_items(null, (select jsonb_agg('{}'::jsonb) from generate_series(1, 1001))) $$, 'RS205', null, 'more than 1,000');
select is_empty($$ select * from apartado.put_items(null, '[]') $$, 'an empty list is no error');
