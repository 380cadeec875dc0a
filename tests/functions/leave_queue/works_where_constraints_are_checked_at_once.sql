select plan(2);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
select tests.held('disc', 'ana');
select from apartado.join_queue('ben', apartado.item_id('disc'), 2);
select tests.waiting('disc', 'cai');
set constraints all immediate;
select lives_ok($$select * from apartado.leave_queue('ben', apartado.item_id('disc'))$$, 'with a promotion behind');
select is(tests.holders('disc'), 'ana 1, cai 1', 'which happened');
