select plan(9);
select tests.refuses(format('select * from apartado.sign_in_with_identity(%L, ''s'', ''eva'')', v), 'RS205', 'issuer', 'issuer ' || coalesce(left(v, 5), 'none')) from unnest(array[null, ' ', repeat('i', 301)]) v;
select tests.refuses(format('select * from apartado.sign_in_with_identity(''i'', %L, ''eva'')', v), 'RS205', 'subject', 'subject ' || coalesce(left(v, 5), 'none')) from unnest(array[null, '', repeat('s', 256)]) v;
select tests.refuses($$select * from apartado.sign_in_with_identity('i', 's', 'eva', p_language => 'fr')$$, 'RS205', 'language');
select tests.refuses($$select * from apartado.sign_in_with_identity('i', 's', 'eva', p_device => 'short')$$, 'RS205', 'device');
select is(tests.as_role('stranger', $$select alias from apartado.sign_in_with_identity('i', 's', 'eva')$$), '42501', 'a stranger may not');
