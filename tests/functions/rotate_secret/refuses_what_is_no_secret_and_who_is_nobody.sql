select plan(6);
select tests.members('ana', 'ben');
update apartado.members set barred_at = apartado.clock() where alias = 'ben';
select tests.refuses(format('select * from apartado.rotate_secret(''ana'', %L)', s), 'RS205', 'secret') from unnest(array['', repeat('s', 31), repeat('s', 1001)]) s;
select tests.refuses('select * from apartado.rotate_secret(null)', 'RS601', 'member', 'nobody');
select tests.refuses($$select * from apartado.rotate_secret('zoe')$$, 'RS103', 'member', 'an unknown alias');
select tests.refuses($$select * from apartado.rotate_secret('ben')$$, 'RS604', 'member', 'somebody barred');
