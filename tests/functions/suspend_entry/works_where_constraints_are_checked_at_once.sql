select plan(3);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
select tests.held('disc', 'ana');
select from apartado.join_queue('ben', apartado.item_id('disc'), 2);
select tests.waiting('disc', 'cai');
set constraints all immediate;
select is((select status from apartado.suspend_entry('ben', apartado.item_id('disc'))), 'suspended', 'it suspends, and serves cai');
select is((select status from apartado.resume_entry('ben', apartado.item_id('disc'))), 'waiting', 'it resumes');
select tests.commits();
