select plan(1);
select tests.members('ana'), tests.item('disc', p_price => null);
select is((select price from apartado.reserve('ana', apartado.item_id('disc'))), null, 'at a price that is not known yet');
