select plan(3);
select tests.members('ana');
select tests.refuses('select * from apartado.list_purchases(null)', 'RS601', 'member', 'nobody');
select tests.refuses($$select * from apartado.list_purchases('zoe')$$, 'RS103', 'member', 'nobody known');
select is_empty($$select * from apartado.list_purchases('ana')$$, 'somebody who bought nothing');
