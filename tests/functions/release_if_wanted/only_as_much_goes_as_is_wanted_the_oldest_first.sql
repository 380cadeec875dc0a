select plan(5);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben', 'cai'), tests.item('disc', 3);
select tests.held('disc', 'ana');
select from apartado.reserve('ben', apartado.item_id('disc'), 2);
select from apartado.release_if_wanted('ben', tests.reservation('ben', 'disc'));
select from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'));
select from apartado.reserve('cai', apartado.item_id('disc'));
select is(tests.holders('disc'), 'ben 2, cai 1', 'ana held hers for longer');
select from apartado.cancel_reservation('cai', tests.reservation('cai', 'disc'));
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
select is(tests.holders('disc'), 'ana 2', 'it goes as a whole');
select is(tests.stock('disc'), '1 free, 2 held, 0 sold, 0 waiting', 'and what is not wanted is free');
select is((select status from apartado.get_status('cai', apartado.item_id('disc'))), 'available', 'for anybody');
select tests.commits();
