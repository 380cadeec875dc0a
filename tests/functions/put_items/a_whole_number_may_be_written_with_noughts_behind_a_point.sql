select plan(2);
select is(outcome, 'inserted', 'as some programs write all numbers') from apartado.put_items(null, '[{"sku": "a", "title": "T", "quantity": 2.0, "year": "1998.00"}]');
select is(concat_ws(' ', available, year), '2 1998', 'it is the same number') from apartado.get_item(null, apartado.item_id('a'));
