select plan(16);
-- with 0, 1, 2, 3 and 10 who wait
select tests.freeze('2030-01-01 12:00Z');
select tests.member(a) from unnest(tests.aliases(0, 10)) a;
select tests.item('w' || n) from unnest('{0,1,2,3,10}'::integer[]) n;
update apartado.policies set active_limit = 100;
select tests.held('w' || n, 'm00') from unnest('{0,1,2,3,10}'::integer[]) n;
select tests.waiting('w' || n, variadic tests.aliases(1, n)) from unnest('{1,2,3,10}'::integer[]) n;
create temporary table answers as
  select n, (apartado.revoke_reservation(null, tests.reservation('m00', 'w' || n), 'closed today')).promoted from unnest('{0,1,2,3,10}'::integer[]) n;
select is(promoted, least(n, 1), format('promoted, of %s', n)) from answers order by n;
select is(tests.holders('w' || n), 'm01 1', format('the first has it, of %s', n)) from answers where n > 0 order by n;
select is(tests.stock('w' || n), format('%s free, %s held, 0 sold, %s waiting', (n = 0)::integer, (n > 0)::integer, greatest(n - 1, 0)), format('counters, of %s', n)) from answers order by n;
select is(tests.line('w10'), array_to_string(tests.aliases(2, 10), ' '), 'the others keep their order');
select tests.commits();
