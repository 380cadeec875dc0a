select plan(6);
select tests.refuses(format('select * from apartado.expire_and_promote(%s)', n), 'RS204', 'limit') from unnest(array['null', '0', '-1', '100001', '2147483647']) n;
select lives_ok('select * from apartado.expire_and_promote(100000)', '100,000 can');
