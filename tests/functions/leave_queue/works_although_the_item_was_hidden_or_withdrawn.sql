select plan(3);
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
update apartado.items set visible = false, for_sale = false;
select is((select status from apartado.leave_queue('ben', apartado.item_id('disc'))), 'left', 'who waits may go');
select tests.refuses($$select * from apartado.leave_queue('cai', apartado.item_id('disc'))$$, 'RS101', 'item', 'who does not wait learns nothing of it');
select tests.refuses($$select * from apartado.leave_queue('ben', apartado.item_id('disc'))$$, 'RS101', 'item', 'nor does who has gone');
