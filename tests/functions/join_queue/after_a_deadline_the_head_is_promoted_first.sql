select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai');
select tests.advance('168 hours');
select is((select concat_ws(' ', "position", queue_length) from apartado.join_queue('dee', apartado.item_id('disc'))), '2 2', 'dee stands behind cai');
select is(tests.holders('disc') || ' / ' || tests.line('disc'), 'ben 1 / cai dee', 'ben holds it');
select tests.refuses($$select * from apartado.join_queue('ben', apartado.item_id('disc'))$$, 'RS302', 'item', 'and ben is told that he does');
select tests.commits();
