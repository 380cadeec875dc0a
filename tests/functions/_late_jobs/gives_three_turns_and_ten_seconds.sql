select plan(3);
select tests.freeze('2030-01-01 12:00Z');
update apartado.jobs set last_run_at = apartado.clock();
select tests.advance('16 seconds');
select is((select count(*) from apartado._late_jobs()), 0::bigint, 'three turns of two seconds, and ten');
select tests.advance('1 second');
select results_eq($$select job, due_at from apartado._late_jobs() where job <> 'announce_expiring' order by job$$, $$values
  ('announce_drops', timestamptz '2030-01-01 12:00:02Z'), ('draw_lotteries', timestamptz '2030-01-01 12:00:02Z'), ('expire_and_promote', timestamptz '2030-01-01 12:00:02Z'), ('number_events', timestamptz '2030-01-01 12:00:02Z')$$, 'then they are late');
select isnt((select min(job) from apartado._late_jobs()), 'forget_old_keys', 'the hourly one has time');
