select plan(2);
select tests.members('ana');
create temporary table started as select code from apartado.start_pairing('ana');
update apartado.members set barred_at = apartado.clock();
select tests.refuses(format('select * from apartado.pair(%L)', code), 'RS604', 'code') from started;
select tests.refuses($$select * from apartado.pair('00000000')$$, 'RS601/code', 'code', 'but nobody else learns of it');
