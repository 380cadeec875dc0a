select plan(3);
select * from apartado.put_items(null, '[{"sku": "a-1", "title": "A"}]');
select is(apartado.item_id('a-1'), (select i.item_id from apartado.items i where i.sku = 'a-1'), 'the number');
select throws_ok($$ select apartado.item_id('A-1') $$, 'RS101', null, 'capitals matter');
select throws_ok($$ select apartado.item_id(null) $$, 'RS205', null, 'no sku');
