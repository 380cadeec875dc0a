select plan(3);
select tests.members('ana');
update apartado.members set barred_at = apartado.clock() where alias = 'ana';
select tests.refuses($$select * from apartado.sign_in('ana', 'secret of ana')$$, 'RS604', 'alias');
select tests.refuses($$select * from apartado.sign_in('ana', 'secret of ben')$$, 'RS601/secret', 'secret', 'but nobody else learns of it');
select is((select count(*) from apartado.sessions), 0::bigint, 'no session was begun');
