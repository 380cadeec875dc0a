-- loop_job: run a job until it has caught up, and again and again for most of a minute; for schedulers.
--
-- Locks   one loop for each job (advisory, to the end of each round: one that is cancelled leaves none); a second one ends at once
-- Notes   p_seconds 0 runs it until it has caught up, each run a transaction of its own, and no more.
--         pg_cron before 1.5 cannot schedule seconds: it calls this every minute, for most of it. A procedure that commits can have no
--         SET clause, be no SECURITY DEFINER, and not be called inside BEGIN: so every name in it is qualified.
--         Under a minute, because pg_cron queues the runs it missed. It ends after a run, not after a pause, so that the gap
--         until the next minute's call is hardly longer than between two runs.
create or replace procedure apartado.loop_job(p_job text, p_seconds integer default 58)
  language plpgsql
as $$
declare
  v_end   pg_catalog.timestamptz := pg_catalog.clock_timestamp() operator(pg_catalog.+) pg_catalog.make_interval(secs => p_seconds);
  v_every pg_catalog.interval;
  v_pause pg_catalog.bool := false;
begin
  v_every := coalesce((select j.every from apartado.list_jobs() j where j.job operator(pg_catalog.=) p_job),
                      pg_catalog.interval '1 second');

  -- a round is a run or a pause, and a transaction
  loop
    exit when not pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('apartado loop:' operator(pg_catalog.||) p_job, 0));
    if v_pause then
      perform pg_catalog.pg_sleep_for(v_every);
      v_pause := false;
    else
      perform apartado.run_due_jobs(p_job);
      v_pause := not found; -- else it may have more to do
    end if;
    commit;
    exit when v_pause and pg_catalog.clock_timestamp() operator(pg_catalog.+) v_every operator(pg_catalog.>=) v_end;
  end loop;
end;
$$;

comment on procedure apartado.loop_job(text, integer) is 'Run a job until it has caught up, and again and again for most of a minute; for schedulers.';

grant execute on procedure apartado.loop_job to apartado_operator, apartado_jobs;
