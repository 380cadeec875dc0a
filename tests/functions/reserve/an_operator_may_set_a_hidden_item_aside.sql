select plan(2);
select tests.members('ana'), tests.operator('olga'), tests.item('disc', p_visible => false);
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'))$$, 'RS101', 'item', 'a member may not');
select is((select outcome from apartado.reserve('olga', apartado.item_id('disc'))), 'reserved', 'the operator may');
