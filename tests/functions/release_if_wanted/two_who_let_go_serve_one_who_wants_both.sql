select plan(6);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc', 3);
select tests.held('disc', 'ana', 'ben', 'dee');
select from apartado.join_queue('cai', apartado.item_id('disc'), 2);
select is((select status from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'))), 'active', 'one unit alone helps nobody');
select is(tests.line('disc'), 'cai', 'who wants two');
select is((select status from apartado.release_if_wanted('ben', tests.reservation('ben', 'disc'))), 'cancelled', 'two do');
select is(tests.holders('disc') || ' / ' || tests.line('disc'), 'dee 1, cai 2 / nobody', 'both are hers');
select is((select concat_ws(' ', status, reason) from apartado.reservations where reservation_id = tests.reservation('ana', 'disc')), 'cancelled yielded', 'ana''s went too');
select tests.commits();
