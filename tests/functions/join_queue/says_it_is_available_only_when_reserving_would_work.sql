select plan(5);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 3);
select tests.refuses($$select * from apartado.join_queue('cai', apartado.item_id('disc'), 3)$$, 'RS304', 'item', 'three are free');
select lives_ok($$select * from apartado.join_queue('ben', apartado.item_id('disc'), 4)$$, 'four are not: so one may wait');
select lives_ok($$select * from apartado.join_queue('cai', apartado.item_id('disc'), 1)$$, 'and behind one who waits, one unit is not either');
select is(tests.stock('disc'), '3 free, 0 held, 0 sold, 2 waiting', 'strictly in order');
select tests.commits();
