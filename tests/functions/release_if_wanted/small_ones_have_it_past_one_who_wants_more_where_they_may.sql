select plan(7);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc', 3);
update apartado.policies set fit = 'fit' where name = 'default';
select tests.held('disc', 'ana', 'ben', 'dee');
select from apartado.join_queue('cai', apartado.item_id('disc'), 3);
select from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'));
select is(tests.line('disc'), 'cai', 'cai wants more');
select tests.members('eva', 'fay');
select is((select status from apartado.get_status('eva', apartado.item_id('disc'))), 'available', 'eva could have it');
select tests.refuses($$select * from apartado.join_queue('eva', apartado.item_id('disc'))$$, 'RS304', 'item', 'and has not to wait');
select is((select outcome from apartado.reserve('eva', apartado.item_id('disc'))), 'reserved', 'she has it');
select is((select status from apartado.get_status('fay', apartado.item_id('disc'))), 'reserved_by_others', 'fay cannot');
select is(tests.holders('disc') || ' / ' || tests.line('disc'), 'ben 1, dee 1, eva 1 / cai', 'cai goes on waiting');
select tests.commits();
