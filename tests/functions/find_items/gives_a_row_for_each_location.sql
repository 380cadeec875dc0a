select plan(2);
insert into apartado.locations (code, name) values ('shop2', 'Second');
select * from apartado.put_items(null, '[{"sku": "a", "title": "A"}]');
select * from apartado.put_items(null, '[{"sku": "a", "location": "shop2", "quantity": 2}]');
select results_eq($$ select location, available from apartado.find_items() $$, $$ values ('main', 1), ('shop2', 2) $$, 'both');
select results_eq($$ select location, available from apartado.find_items(p_location => 'shop2') $$, $$ values ('shop2', 2) $$, 'one');
