select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select tests.advance('168 hours');
select tests.refuses($$select * from apartado.reserve('cai', apartado.item_id('disc'))$$, 'RS301', 'quantity', 'the passer-by is refused');
select is(tests.holders('disc') || ' / ' || tests.line('disc'), 'ana 1 / ben', 'and the rows are as they were');
select is((select concat_ws(' ', status, my_position, actions) from apartado.get_status('ben', apartado.item_id('disc'))), 'in_queue 1 {reserve,leave_queue,suspend_entry}',
          'the head sees what is due to him');
select is((select concat_ws(' ', expired, promoted, remaining) from apartado.expire_and_promote()), '1 1 0', 'the next sweep does it again, and keeps it');
select is(tests.holders('disc'), 'ben 1', 'ben holds it');
select tests.commits();
