select plan(4);
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('shown'), tests.item('hidden');
select tests.held('hidden', 'ana');
update apartado.items set visible = false, changed_at = apartado.clock() where sku = 'hidden';
select apartado._number_events();
select results_eq('select pos, item_id from apartado.list_events(null)', $$select 1::bigint, apartado.item_id('shown')$$, 'a visitor sees nothing of it, not even what was before');
select results_eq($$select pos from apartado.list_events('ben')$$, 'values (1::bigint)', 'nor does a member');
select results_eq($$select kind from apartado.list_events('ana') where item_id = apartado.item_id('hidden')$$, $$values ('reservation.created')$$, 'its holder sees what concerns her');
select is((select count(*) from apartado.list_events('olga')), 4::bigint, 'an operator sees all');
