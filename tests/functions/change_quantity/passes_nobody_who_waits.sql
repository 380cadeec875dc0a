select plan(6);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben', 'cai'), tests.item('disc', 3);
select tests.held('disc', 'ana', 'cai');
select from apartado.join_queue('ben', apartado.item_id('disc'), 3);
select tests.refuses($$select * from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), 2)$$, 'RS306/held', 'quantity', 'the free unit is kept for ben');
select tests.refuses($$select * from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), 3)$$, 'RS301/held', 'quantity', 'and two are not free');
update apartado.policies set fit = 'fit' where name = 'default';
select tests.refuses($$select * from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), 2)$$, 'RS306/held', 'quantity', 'nor does she pass him where small ones may');
update apartado.members set barred_at = apartado.clock() where alias = 'ben';
select is((select quantity from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), 2)), 2, 'one who may not be served is passed');
select is(tests.stock('disc'), '0 free, 3 held, 0 sold, 1 waiting', 'counted');
select tests.commits();
