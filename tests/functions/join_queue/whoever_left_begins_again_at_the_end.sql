select plan(4);
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai');
select from apartado.leave_queue('ben', apartado.item_id('disc'));
select is((select "position" from apartado.join_queue('ben', apartado.item_id('disc'))), 2::bigint, 'behind cai');
select is(tests.line('disc'), 'cai ben', 'in the rows too');
select is((select count(*) from apartado.queue_entries where member_id = (select member_id from apartado.members where alias = 'ben')), 2::bigint, 'the entry that was left stays as history');
select tests.commits();
