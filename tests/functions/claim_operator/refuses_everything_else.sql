select plan(8);
select tests.members('ana');
select apartado.set_bootstrap_secret('sixteen letters.');
select tests.refuses(format('select * from apartado.claim_operator(''ana'', %L)', s), 'RS601/bootstrap', 'secret') from unnest(array[null, '', 'guess', 'Sixteen letters.']) s;
select tests.refuses($$select * from apartado.claim_operator(null, 'sixteen letters.')$$, 'RS601', 'member', 'a visitor');
select tests.refuses($$select * from apartado.claim_operator('zoe', 'sixteen letters.')$$, 'RS103', 'member', 'an unknown alias');
update apartado.members set barred_at = apartado.clock();
select tests.refuses($$select * from apartado.claim_operator('ana', 'sixteen letters.')$$, 'RS604', 'member', 'a barred member');
select is((select count(*) from apartado.members where is_operator), 0::bigint, 'nobody became one');
