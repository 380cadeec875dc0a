select plan(4);
select results_eq(
  $$ select number, sku, outcome, reason from apartado.put_items(null, '[{"sku": "a", "title": "Kind of Blue"}]') $$,
  $$ values (1, 'a', 'inserted', null::text) $$,
  'it is inserted');
select results_eq(
  $$ select l.code, s.total, s.available from apartado.stock s join apartado.locations l using (location_id) where s.item_id = apartado.item_id('a') $$,
  $$ values ('main', 1, 1) $$,
  'one unit at main');
select is((select restock from apartado.items where sku = 'a'), false, 'one single copy is not expected to come again');
select is((select p.name from apartado.items i join apartado.policies p using (policy_id) where i.sku = 'a'), 'default', 'it follows the default policy');
