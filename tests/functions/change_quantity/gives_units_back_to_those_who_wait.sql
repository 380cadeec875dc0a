select plan(5);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben', 'cai'), tests.item('disc', 3);
select from apartado.reserve('ana', apartado.item_id('disc'), 3);
select tests.waiting('disc', 'ben', 'cai');
select is((select concat_ws(' ', status, quantity) from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), 2)), 'active 2', 'two are left');
select is(tests.holders('disc') || ' / ' || tests.line('disc'), 'ana 2, ben 1 / cai', 'ben has the third');
select is((select quantity from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), 1)), 1, 'one is left');
select is(tests.holders('disc') || ' / ' || tests.line('disc'), 'ana 1, ben 1, cai 1 / nobody', 'cai has the second');
select tests.commits();
