select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
select tests.held('disc', 'ana');
set constraints all immediate;
select lives_ok($$select * from apartado.join_queue('ben', apartado.item_id('disc'))$$, 'a first');
select tests.advance('168 hours');
select lives_ok($$select * from apartado.join_queue('cai', apartado.item_id('disc'))$$, 'a second, with a promotion on the way');
select is(tests.holders('disc') || ' / ' || tests.line('disc'), 'ben 1 / cai', 'and both did their work');
