select plan(3);
select tests.item('disc');
insert into apartado.locations (code, name) values ('annex', 'Annex');
select from apartado.set_policy(null, 'patient', '{"hold": 200}', apartado.item_id('disc'));
select from apartado.set_policy(null, 'brisk', '{"hold_cap": 100, "payment_window": 60}', p_location => 'annex');
select tests.refuses($$select * from apartado.transfer_stock(null, apartado.item_id('disc'), 1, 'main', 'annex', 'wanted there')$$, 'RS205/conflict', 'to', 'of the item and of the place');
select from apartado.set_policy(null, 'brisk', '{"hold_cap": 300}');
select is(to_available, 1, 'where they go together it comes') from apartado.transfer_stock(null, apartado.item_id('disc'), 1, 'main', 'annex', 'wanted there');
select tests.commits();
