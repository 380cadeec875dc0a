select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
update apartado.items set for_sale = false;
select tests.advance('168 hours');
select is(actions, '{leave_queue,suspend_entry}', 'ben may leave') from apartado.get_status('ben', apartado.item_id('disc'));
select tests.refuses($$select * from apartado.reserve('ben', apartado.item_id('disc'))$$, 'RS309', 'item', 'and not reserve');
