select plan(6);
select tests.freeze('2030-01-01 12:00Z');
update apartado.jobs set last_run_at = apartado.clock();
select tests.item('lp-1'), tests.members('ana');
select from apartado.reserve('ana', apartado.item_id('lp-1'), p_ttl => '1 minute');

select tests.advance('1 minute 30 seconds');
select is((h.ok, h.value), (true, 30::bigint), 'half a minute is given') from apartado.health(null) h where h.name = 'overdue_reservations';
select tests.advance('1 second');
select is((h.ok, h.value, h.largest, h.unit), (false, 31::bigint, 30::bigint, 'seconds'::text), 'then it is overdue')
  from apartado.health(null) h where h.name = 'overdue_reservations';
select is((h.ok, h.value), (false, (select count(*) from apartado.jobs where every < interval '30 seconds')), 'late_jobs, but those that run seldom') from apartado.health(null) h where h.name = 'late_jobs';
select is((h.ok, h.value), (false, 91::bigint), 'unnumbered_events') from apartado.health(null) h where h.name = 'unnumbered_events';

select from apartado.run_due_jobs();
select is(
  (select array_agg(h.name) from apartado.health(null) h where not h.ok and h.name <> 'durability_switched_off'),
  null, 'the jobs put all of it right');

update apartado.stock_tallies set queue_length = 7;
select is(h.ok, false, 'counters_of_latest_changes') from apartado.health(null) h where h.name = 'counters_of_latest_changes';
