select plan(4);
select tests.freeze('2030-01-01 12:00Z');
update apartado.policies set late_confirm = true where name = 'default';

select tests.members('ana'), tests.item('disc', 3);
select from apartado.reserve('ana', apartado.item_id('disc'), 3);
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), 1);
select tests.advance('168 hours');
select is((select concat_ws(' ', quantity, remaining, reacquired) from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), 1)), '1 0 t', 'one of the two that were left');
select is(tests.stock('disc'), '1 free, 0 held, 2 sold, 0 waiting', 'the other is free');
select tests.refuses($$select * from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), 1)$$, 'RS404', 'reservation', 'once late');
select tests.commits();
