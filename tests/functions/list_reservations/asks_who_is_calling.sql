select plan(3);
select tests.members('ana');
select tests.refuses('select * from apartado.list_reservations(null)', 'RS601', 'member', 'nobody');
select tests.refuses($$select * from apartado.list_reservations('zoe')$$, 'RS103', 'member', 'nobody known');
select is_empty($$select * from apartado.list_reservations('ana')$$, 'somebody who has none');
