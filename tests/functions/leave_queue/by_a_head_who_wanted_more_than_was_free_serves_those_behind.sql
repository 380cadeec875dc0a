select plan(3);
select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc', 2);
select tests.held('disc', 'ana');
select from apartado.join_queue('ben', apartado.item_id('disc'), 2);
select tests.waiting('disc', 'cai', 'dee');
select is(tests.stock('disc'), '1 free, 1 held, 0 sold, 3 waiting', 'one is kept for ben');
select from apartado.leave_queue('ben', apartado.item_id('disc'));
select is(tests.holders('disc') || ' / ' || tests.line('disc'), 'ana 1, cai 1 / dee', 'he goes, and cai has it');
select tests.commits();
