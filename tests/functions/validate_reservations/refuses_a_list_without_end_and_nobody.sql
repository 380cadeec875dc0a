select plan(4);
select tests.members('ana');
select tests.refuses($$select * from apartado.validate_reservations('ana', array_fill(1::bigint, array[1001]))$$, 'RS204', 'reservations', '1001');
select is((select count(*) from apartado.validate_reservations('ana', array_fill(1::bigint, array[1000]))), 1000::bigint, '1000');
select tests.refuses($$select * from apartado.validate_reservations(null)$$, 'RS601', 'member', 'nobody');
select tests.refuses($$select * from apartado.validate_reservations('zoe')$$, 'RS103', 'member', 'nobody known');
