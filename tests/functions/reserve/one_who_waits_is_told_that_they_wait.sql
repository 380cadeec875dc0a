select plan(1);
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select tests.refuses($$select * from apartado.reserve('ben', apartado.item_id('disc'))$$, 'RS303', 'item');
