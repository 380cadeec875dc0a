-- _late_jobs: the jobs that ought to have run, and did not.
--
-- Gives   a row for each: job, due_at. No row: all of them run
-- Notes   late after three intervals and ten seconds, because callers look every second, and pg_cron 1.4 once a minute for a
--         minute. Counted from when the job was wanted if it never ran, or ran in what is the future (the clock was set back).
create or replace function apartado._late_jobs()
  returns table (
    job    text,
    due_at timestamptz
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select j.job, s.since + j.every
    from apartado.jobs j
   cross join lateral (
     select case when j.last_run_at > apartado.clock() then j.wanted_since else greatest(j.last_run_at, j.wanted_since) end as since) s
   where s.since + 3 * j.every + interval '10 seconds' < apartado.clock();
$$;

comment on function apartado._late_jobs() is 'The jobs that ought to have run, and did not.';
