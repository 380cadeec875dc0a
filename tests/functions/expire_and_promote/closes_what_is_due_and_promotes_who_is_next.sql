select plan(15);
-- with 0, 1, 2, 3 and 10 who wait
select tests.freeze('2030-01-01 12:00Z');
select tests.member(a) from unnest(tests.aliases(0, 10)) a;
select tests.item('w' || n) from unnest('{0,1,2,3,10}'::integer[]) n;
update apartado.policies set active_limit = 100;
select tests.held('w' || n, 'm00') from unnest('{0,1,2,3,10}'::integer[]) n;
select tests.waiting('w' || n, variadic tests.aliases(1, n)) from unnest('{1,2,3,10}'::integer[]) n;
select is((expired, promoted, remaining), (0::bigint, 0::bigint, 0::bigint), 'nothing is due yet') from apartado.expire_and_promote();
select tests.advance('168 hours');
select is((expired, promoted, remaining), (5::bigint, 4::bigint, 0::bigint), 'expired, promoted, remaining') from apartado.expire_and_promote();
select is(tests.stock('w0'), '1 free, 0 held, 0 sold, 0 waiting', 'nobody waited');
select is(tests.holders('w' || n), 'm01 1', format('the first has it, of %s', n)) from unnest('{1,2,3,10}'::integer[]) n;
select is(tests.stock('w' || n), format('0 free, 1 held, 0 sold, %s waiting', n - 1), format('counters, of %s', n)) from unnest('{1,2,3,10}'::integer[]) n;
select is((select array_agg("position" order by alias) from apartado.members, apartado.get_queue_position(alias, apartado.item_id('w10')) where alias > 'm01'),
          '{1,2,3,4,5,6,7,8,9}'::bigint[], 'the others stand at 1 to 9');
select is((select distinct expires_at from apartado.reservations where status = 'active'), '2030-01-15 12:00Z', 'a promotion holds as long as a reservation, from now');
select is((expired, promoted, remaining), (0::bigint, 0::bigint, 0::bigint), 'a second sweep finds nothing') from apartado.expire_and_promote();
select tests.commits();
