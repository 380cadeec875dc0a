select plan(2);
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
update apartado.policies set queue_limit = 1;
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select tests.refuses($$select * from apartado.join_queue('cai', apartado.item_id('disc'))$$, 'RS503', 'item');
select is((select "position" from apartado.join_queue('ben', apartado.item_id('disc'))), 1::bigint, 'who is in it stays in it');
