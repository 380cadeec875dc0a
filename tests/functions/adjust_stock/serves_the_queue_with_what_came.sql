select plan(16);
-- with 0, 1, 2, 3 and 10 who wait, and two units that come
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana');
select tests.member(a) from unnest(tests.aliases(1, 10)) a;
update apartado.policies set active_limit = 100;
select tests.item('w' || n) from unnest('{0,1,2,3,10}'::integer[]) n;
select tests.held('w' || n, 'ana') from unnest('{0,1,2,3,10}'::integer[]) n;
select tests.waiting('w' || n, variadic tests.aliases(1, n)) from unnest('{1,2,3,10}'::integer[]) n;
create temporary table answers as
  select n, a.* from unnest('{0,1,2,3,10}'::integer[]) n, apartado.adjust_stock(null, apartado.item_id('w' || n), 2, 'restock') a;
select is(promoted, least(n, 2), format('promoted, of %s', n)) from answers order by n;
select is((available, reserved, queue_length), (2 - least(n, 2), 1 + least(n, 2), n - least(n, 2)), format('counters, of %s', n)) from answers order by n;
select is(tests.holders('w' || n), 'ana 1, m01 1, m02 1', format('the first two of %s', n)) from unnest('{2,3,10}'::integer[]) n;
select is(tests.line('w10'), array_to_string(tests.aliases(3, 10), ' '), 'the others keep their order');
select is((select array_agg("position" order by alias) from apartado.members, apartado.get_queue_position(alias, apartado.item_id('w10')) where alias > 'm02'),
          '{1,2,3,4,5,6,7,8}'::bigint[], 'at the places 1 to 8');
select tests.commits();
