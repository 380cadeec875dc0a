select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
select from apartado.reserve('ana', apartado.item_id('disc'), p_ttl => '1 hour');
select tests.waiting('disc', 'ben', 'cai');
select tests.advance('1 hour');
select is((select concat_ws(' ', status, "position") from apartado.suspend_entry('ben', apartado.item_id('disc'))), 'suspended 1', 'ben is not promoted');
select is(tests.holders('disc'), 'cai 1', 'cai is');
select tests.commits();
