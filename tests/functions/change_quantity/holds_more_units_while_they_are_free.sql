select plan(8);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana'), tests.item('disc', 3);
select tests.held('disc', 'ana');
select tests.advance('1 hour');
create temporary table answer as select * from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), 3);
select is((status, quantity, price, expires_at), ('active'::text, 3, 12.50, timestamptz '2030-01-08 12:00Z'), 'three until the old deadline') from answer;
select is(tests.stock('disc'), '0 free, 3 held, 0 sold, 0 waiting', 'counted');
select is(tests.told('disc'), 'stock.changed, reservation.created ana, reservation.changed ana', 'told');
select tests.refuses($$select * from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), 4)$$, 'RS301/held', 'quantity', 'a fourth there is not');
select tests.refuses($$select * from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), 2147483647)$$, 'RS301/held', 'quantity', 'nor so many');
select is((select quantity from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), 3)), 3, 'the same');
select is(tests.told('disc'), 'stock.changed, reservation.created ana, reservation.changed ana', 'changes nothing');
select tests.commits();
