select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
select tests.advance('168 hours');
select tests.refuses($$select * from apartado.join_queue('ben', apartado.item_id('disc'))$$, 'RS304', 'item', 'for ben');
select tests.refuses($$select * from apartado.join_queue('ana', apartado.item_id('disc'))$$, 'RS304', 'item', 'and for ana, whose own has expired');
select lives_ok($$select * from apartado.reserve('ben', apartado.item_id('disc'))$$, 'and so it is');
