select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select apartado._remember('ana', 'one', 'f', '[1]', '{}'), apartado._remember('ana', 'two', 'f', '[1]', '{}');
select apartado.count_attempt('sign_in', 'one'), apartado.count_attempt('sign_in', 'two');
select tests.advance('24 hours');
select is((answers, attempts), (1::bigint, 1::bigint), 'of each as many as asked for') from apartado.forget_old_keys(1);
select is((answers, attempts), (1::bigint, 1::bigint), 'then the others') from apartado.forget_old_keys(1);
select is((answers, attempts), (0::bigint, 0::bigint), 'then none is left') from apartado.forget_old_keys(1);
select tests.refuses(format('select * from apartado.forget_old_keys(%L)', n), 'RS204', 'limit', n) from unnest('{null,0,100001}'::text[]) n;
