select plan(1);
select tests.members('ana', 'ben'), tests.item('disc'), tests.item('lp');
select tests.held('disc', 'ana'), tests.held('lp', 'ben');
select is(holders, 1, 'one') from apartado.set_visibility(null, apartado.item_id('disc'), false, 'why');
