select plan(4);
insert into apartado.locations (code, name) values ('shop2', 'Second'), ('shop3', 'Third');
select * from apartado.put_items(null, '[{"sku": "a", "title": "A"}]');
select is((select outcome from apartado.put_items(null, '[{"sku": "a", "location": "shop2"}]')), 'updated', 'it is kept there too');
select is((select available from apartado.find_items(p_location => 'shop2')), 1, 'with one unit');
select is((select outcome from apartado.put_items(null, '[{"sku": "a", "location": "shop2"}]')), 'unchanged', 'once');
select * from apartado.put_items(null, '[{"sku": "a", "location": "shop3", "quantity": 4, "title": "B"}]');
select results_eq($$ select available, title from apartado.find_items(p_location => 'shop3') $$, $$ values (4, 'B') $$, 'or with as many as are named');
