select plan(2);
insert into apartado.locations (code, name) values ('shop2', 'Second');
select * from apartado.put_items(null, '[{"sku": "a", "title": "A"}]');
select * from apartado.put_items(null, '[{"sku": "a", "location": "shop2"}]');
update apartado.items set title = 'B' where sku = 'a';
select results_eq(
  $$ select l.code, e.details from apartado.events e join apartado.stock s using (stock_id) join apartado.locations l using (location_id) where e.kind = 'item.changed' order by e.event_id $$,
  $$ values ('main', '{"title": ["A", "B"]}'::jsonb), ('shop2', '{"title": ["A", "B"]}') $$, 'item.changed for both');
update apartado.items set title = 'B' where sku = 'a';
select is((select count(*) from apartado.events where kind = 'item.changed'), 2::bigint, 'nothing is told of what did not change');
