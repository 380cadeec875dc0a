select plan(3);
select tests.members('ana');
update apartado.members set barred_at = apartado.clock();
select tests.refuses($$select * from apartado.start_pairing(null)$$, 'RS601', 'member', 'nobody');
select tests.refuses($$select * from apartado.start_pairing('zoe')$$, 'RS103', 'member', 'an unknown alias');
select tests.refuses($$select * from apartado.start_pairing('ana')$$, 'RS604', 'member', 'somebody barred');
