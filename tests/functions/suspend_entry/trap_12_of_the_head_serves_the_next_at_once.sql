select plan(4);
-- ben wants two, and one is free: strictly, it is kept for him until he suspends
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
select tests.held('disc', 'ana');
select from apartado.join_queue('ben', apartado.item_id('disc'), 2);
select tests.waiting('disc', 'cai');
select is(tests.stock('disc'), '1 free, 1 held, 0 sold, 2 waiting', 'the free one is kept for ben');
select is((select status from apartado.suspend_entry('ben', apartado.item_id('disc'))), 'suspended', 'ben lets others go first');
select is(tests.holders('disc'), 'ana 1, cai 1', 'cai has it in the same transaction');
select tests.commits();
