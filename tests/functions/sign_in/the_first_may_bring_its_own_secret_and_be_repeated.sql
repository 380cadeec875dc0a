select plan(8);
select tests.refuses(format('select * from apartado.sign_in(''ana'', %L)', s), 'RS205', 'secret') from unnest(array['', repeat('s', 31), repeat('s', 1001)]) s;
select is_empty('select from apartado.members', 'which makes no member');
select is((select recovery_secret from apartado.sign_in('ana', repeat('ñ', 32))), null, '32 characters are enough, and are not given back');
select lives_ok($$select * from apartado.sign_in('ana', repeat('ñ', 32))$$, 'the same again, as after a lost answer');
select tests.refuses($$select * from apartado.sign_in('ana', repeat('n', 32))$$, 'RS601/secret', 'secret', 'another does not');
select is((select count(*) from apartado.members), 1::bigint, 'one member');
