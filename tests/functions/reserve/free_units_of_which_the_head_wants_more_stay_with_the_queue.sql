select plan(5);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
select tests.held('disc', 'ana');
select from apartado.join_queue('ben', apartado.item_id('disc'), 2);
select is(tests.stock('disc'), '1 free, 1 held, 0 sold, 1 waiting', 'one unit is free, and ben waits for two');
select tests.refuses($$select * from apartado.reserve('cai', apartado.item_id('disc'))$$, 'RS306', 'quantity', 'cai does not get it');
select tests.refuses($$select * from apartado.reserve('cai', apartado.item_id('disc'), 2)$$, 'RS301', 'quantity', 'nor two');
select is((select "position" from apartado.reserve('cai', apartado.item_id('disc'), p_if_unavailable => 'queue')), 2::bigint, 'cai may stand behind');
select tests.commits();
