select plan(3);
select tests.members('ana', 'ben'), tests.item('disc', 2);
select tests.held('disc', 'ana');
update apartado.items set price = 99, changed_at = apartado.clock() where sku = 'disc';
select is((select price::text from apartado.list_reservations('ana')), '12.50', 'ana''s stays');
select is((select price::text from apartado.reserve('ben', apartado.item_id('disc'))), '99.00', 'ben pays the new one');
select tests.commits();
