select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select tests.advance('168 hours');
select is((select concat_ws(' ', holders, waiting, promoted) from apartado.set_visibility(null, apartado.item_id('disc'), false, 'why')), '1 0 1', 'ben is served first');
select is(tests.holders('disc'), 'ben 1', 'and holds it');
select tests.commits();
