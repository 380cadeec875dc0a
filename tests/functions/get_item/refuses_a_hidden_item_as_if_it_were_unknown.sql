select plan(4);
select tests.member('ana'), tests.member('boss', true);
select * from apartado.put_items(null, '[{"sku": "h", "title": "T", "visible": false, "admin_notes": "secret"}]');
select throws_ok($$ select * from apartado.get_item(null, apartado.item_id('h')) $$, 'RS101', null, 'to a visitor');
select throws_ok($$ select * from apartado.get_item('ana', apartado.item_id('h')) $$, 'RS101', null, 'to a member');
select results_eq($$ select status, admin_notes from apartado.get_item('boss', apartado.item_id('h')) $$, $$ values ('hidden', 'secret') $$, 'not to an operator');
select throws_ok($$ select * from apartado.get_item('nobody', 1) $$, 'RS103', null, 'no such member');
