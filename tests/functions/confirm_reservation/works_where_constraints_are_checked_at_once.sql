select plan(3);
select tests.members('ana', 'ben'), tests.item('disc', 2, p_restock => false);
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
select tests.waiting('disc', 'ben');
set constraints all immediate;
select lives_ok($$select * from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), 1)$$, 'a part');
select lives_ok($$select * from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'))$$, 'the whole, which closes the queue');
select is(tests.stock('disc'), '0 free, 0 held, 2 sold, 0 waiting', 'and both did their work');
