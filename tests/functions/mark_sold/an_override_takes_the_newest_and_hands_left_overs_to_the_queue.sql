select plan(12);
-- with 0, 1, 2, 3 and 10 who wait for the two units that are left over of ben's three
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'buyer');
select tests.member(a) from unnest(tests.aliases(1, 10)) a;
update apartado.policies set active_limit = 100;
select tests.item('w' || n, 4) from unnest('{0,1,2,3,10}'::integer[]) n;
select tests.held('w' || n, 'ana') from unnest('{0,1,2,3,10}'::integer[]) n;
select tests.advance('1 second');
select from unnest('{0,1,2,3,10}'::integer[]) n, apartado.reserve('ben', apartado.item_id('w' || n), 3);
select tests.waiting('w' || n, variadic tests.aliases(1, n)) from unnest('{1,2,3,10}'::integer[]) n;
select from unnest('{0,1,2,3,10}'::integer[]) n, apartado.mark_sold(null, apartado.item_id('w' || n), p_buyer => 'buyer', p_override => true);
select is(tests.stock('w' || n), format('%s free, %s held, 1 sold, %s waiting', 2 - least(n, 2), 1 + least(n, 2), n - least(n, 2)), format('counters, of %s', n))
  from unnest('{0,1,2,3,10}'::integer[]) n;
select is(tests.holders('w0'), 'ana 1', 'ana, who came before ben, keeps hers');
select is(tests.holders('w1'), 'ana 1, m01 1', 'one waited');
select is(tests.holders('w' || n), 'ana 1, m01 1, m02 1', format('the first two of %s', n)) from unnest('{2,3,10}'::integer[]) n;
select is(tests.line('w10'), array_to_string(tests.aliases(3, 10), ' '), 'the others keep their order');
select tests.commits();
