select plan(4);
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ben'), tests.waiting('disc', 'ana');
update apartado.items set visible = false where sku = 'disc';
select tests.refuses($$select * from apartado.explain_position('ana', apartado.item_id('disc'))$$, 'RS101', 'item', 'as get_status is');
select tests.refuses($$select * from apartado.suspend_entry('ana', apartado.item_id('disc'))$$, 'RS101', 'item', 'suspend_entry too');
select tests.refuses($$select * from apartado.resume_entry('ana', apartado.item_id('disc'))$$, 'RS101', 'item', 'and resume_entry');
select is((select status from apartado.leave_queue('ana', apartado.item_id('disc'))), 'left', 'she may leave, though');
