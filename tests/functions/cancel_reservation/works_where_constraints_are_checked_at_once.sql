select plan(3);
select tests.members('ana', 'ben'), tests.item('disc', 2);
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
select tests.waiting('disc', 'ben');
set constraints all immediate;
select lives_ok($$select * from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'), 1)$$, 'a part');
select lives_ok($$select * from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'))$$, 'the whole');
select is(tests.stock('disc'), '1 free, 1 held, 0 sold, 0 waiting', 'and both did their work');
