select plan(4);
select tests.member('ana'), tests.member('ben');
select * from apartado.put_items(null, '[{"sku": "a", "title": "A", "quantity": 3}]');
select * from apartado.reserve('ana', apartado.item_id('a'));
select * from apartado.mark_sold(null, apartado.item_id('a'), p_buyer => 'ben', p_override => true);
create temporary table got as select * from apartado.put_items(null, '[{"sku": "a", "title": "other", "quantity": 1}]');
select results_eq($$ select outcome, left(reason, 15) from got $$, $$ values ('refused', 'RS301 quantity:') $$, 'fewer than are set aside and sold');
select is((select title from apartado.items where sku = 'a'), 'A', 'nothing of the row is done');
select is((select outcome from apartado.put_items(null, '[{"sku": "a", "quantity": 2}]')), 'updated', 'the free one may go');
select results_eq(
  $$ select total, available, reserved, sold from apartado.stock where item_id = apartado.item_id('a') $$,
  $$ values (2, 0, 1, 1) $$, 'the others stay');
