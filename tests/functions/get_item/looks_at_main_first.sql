select plan(2);
insert into apartado.locations (code, name) values ('attic', 'Attic'), ('shop2', 'Second');
select * from apartado.put_items(null, '[{"sku": "a", "title": "A", "location": "shop2", "quantity": 2}]');
select is((select location from apartado.get_item(null, apartado.item_id('a'))), 'shop2', 'where it is kept, if not at main');
select * from apartado.put_items(null, '[{"sku": "a", "location": "attic"}]');
select * from apartado.put_items(null, '[{"sku": "a", "quantity": 7}]');
select results_eq($$ select location, available from apartado.get_item(null, apartado.item_id('a')) $$, $$ values ('main', 7) $$, 'at main, once it is there');
