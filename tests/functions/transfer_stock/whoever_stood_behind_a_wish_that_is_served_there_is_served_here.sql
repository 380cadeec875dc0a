select plan(3);
select tests.freeze('2030-01-01 12:00Z');
insert into apartado.locations (code, name) values ('shop', 'The shop');
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc', 3);
select from apartado.adjust_stock(null, apartado.item_id('disc'), 3, 'delivery', 'shop');
select from apartado.reserve('ben', apartado.item_id('disc'), 3);
select from apartado.reserve('cai', apartado.item_id('disc'), 3, 'shop');
select from apartado.join_any('ana', array[apartado.item_id('disc')], 3);
select tests.waiting('disc', 'dan');
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'disc'), 2);
select from apartado.cancel_reservation('cai', tests.reservation('cai', 'disc'), 2);
select is((select format('%s served, %s and %s left', promoted, from_available, to_available)
             from apartado.transfer_stock(null, apartado.item_id('disc'), 1, 'main', 'shop', 'for ana')), '2 served, 0 and 0 left', 'three for ana there, and the one that stayed for dan');
select is(tests.holders('disc'), 'ben 1, cai 1, ana 3, dan 1', 'nobody waits beside a free unit');
select tests.commits();
