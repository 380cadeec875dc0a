select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai');
select tests.advance('168 hours');
select is((select status from apartado.leave_queue('ben', apartado.item_id('disc'))), 'left', 'ben leaves');
select is(tests.holders('disc') || ' / ' || tests.line('disc'), 'cai 1 / nobody', 'cai has it');
select tests.commits();
