select plan(3);
select tests.members('ana', 'ben', 'cai', 'dee', 'eva'), tests.item('disc', 3);
select from apartado.reserve('ana', apartado.item_id('disc'), 3);
select tests.waiting('disc', 'ben');
select from apartado.join_queue('cai', apartado.item_id('disc'), 2);
select tests.waiting('disc', 'dee', 'eva');
select is((select promoted from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'))), 2, 'promoted');
select is(tests.holders('disc') || ' / ' || tests.line('disc'), 'ben 1, cai 2 / dee eva', 'in order, each with what they asked for');
select tests.commits();
