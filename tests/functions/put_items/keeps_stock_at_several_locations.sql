select plan(4);
insert into apartado.locations (code, name) values ('shop2', 'Second');
select * from apartado.put_items(null, '[{"sku": "a", "title": "A", "quantity": 2}]');
select is((select outcome from apartado.put_items(null, '[{"sku": "a", "location": "shop2", "quantity": 5}]')), 'updated', 'at a second one');
select results_eq(
  $$ select l.code, s.total from apartado.stock s join apartado.locations l using (location_id) where s.item_id = apartado.item_id('a') order by l.code $$,
  $$ values ('main', 2), ('shop2', 5) $$, 'the first stays');
select is((select outcome from apartado.put_items(null, '[{"sku": "a", "location": "shop2"}]')), 'unchanged', 'without a quantity it is left alone');
select is((select sum(available) from apartado.find_items()), 7::bigint, 'both are found');
