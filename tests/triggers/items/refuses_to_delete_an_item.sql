select plan(2);
select throws_ok($$ truncate apartado.items cascade $$, 'RS312', null, 'all');
select * from apartado.put_items(null, '[{"sku": "a", "title": "A"}]');
select throws_ok($$ delete from apartado.items $$, 'RS312', null, 'one');
