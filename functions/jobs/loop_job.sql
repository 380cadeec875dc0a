-- loop_job: run a job until it has caught up, and again and again for most of a minute; for schedulers.
--
-- Locks   one loop for each job (advisory, of the session); a second one ends at once
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
  v_ran   pg_catalog.bool;
begin
  if not pg_catalog.pg_try_advisory_lock(pg_catalog.hashtextextended('apartado loop:' operator(pg_catalog.||) p_job, 0)) then
    return;
  end if;
  v_every := coalesce((select j.every from apartado.list_jobs() j where j.job operator(pg_catalog.=) p_job),
                      pg_catalog.interval '1 second');

  loop
    perform apartado.run_due_jobs(p_job);
    v_ran := found;
    commit;
    continue when v_ran; -- it may have more to do
    exit when pg_catalog.clock_timestamp() operator(pg_catalog.+) v_every operator(pg_catalog.>=) v_end;
    perform pg_catalog.pg_sleep_for(v_every);
    commit;
  end loop;

  perform pg_catalog.pg_advisory_unlock(pg_catalog.hashtextextended('apartado loop:' operator(pg_catalog.||) p_job, 0));
end;
$$;

comment on procedure apartado.loop_job(text, integer) is 'Run a job until it has caught up, and again and again for most of a minute; for schedulers.';

grant execute on procedure apartado.loop_job to apartado_operator, apartado_jobs;
