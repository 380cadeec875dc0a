select plan(3);
select tests.members('ana', 'ben'), tests.item('disc'), tests.item('free');
select tests.held('disc', 'ana');
select tests.refuses($$select * from apartado.join_queue('ben', apartado.item_id('free'))$$, 'RS304', 'item', 'a free item');
select tests.refuses($$select * from apartado.join_queue('ana', apartado.item_id('disc'))$$, 'RS302', 'item', 'one''s own reservation');
select tests.waiting('disc', 'ben', 'ben');
select is(tests.line('disc'), 'ben', 'twice is once');
