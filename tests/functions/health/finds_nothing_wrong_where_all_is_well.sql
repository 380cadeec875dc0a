select plan(2);
update apartado.jobs set last_run_at = apartado.clock();
select tests.item('lp-1'), tests.members('ana');
select tests.held('lp-1', 'ana');
select is(
  (select array_agg(h.name order by h.name) from apartado.health(null) h where not h.ok and h.name <> 'durability_switched_off'),
  null, 'no measure is out of bounds');
select is(
  (select array_agg(h.name order by h.name) from apartado.health(null) h where not h.ok and h.advice is null or h.ok and h.advice is not null and h.name <> 'pg_cron'),
  null, 'what is wrong has advice');
