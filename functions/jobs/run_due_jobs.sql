-- run_due_jobs: run the jobs whose time has come.
--
-- Gives   a row for each job that ran: job, result. No row: nothing was due, or somebody else is at it, or the next call does it
-- Raises  RS205 p_job is no job · whatever the job raises
-- Locks   each job that runs (advisory, to the end of the transaction), so that two services, or a service and pg_cron,
--         never do the same work twice at once
-- Notes   A job is due when its time has come, or when it said again: that it has more to do than it does at a time. So whoever calls
--         until no row comes has caught up. p_job null runs all that are due, in the order of what they lock: sessions and keys,
--         the gates of the rules, stock. After one that closed the gates (a lottery was due) no other runs: this transaction holds
--         stock rows then, and locking more of them would break the order by id. Nor where somebody else passed one meanwhile:
--         by xmin the two cannot be told apart, because a savepoint has a transaction id of its own.
--         Callers that repeat it name one job a call, so that one that fails stops no other.
create or replace function apartado.run_due_jobs(p_job text default null)
  returns table (
    job    text,
    result text
  )
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  c_first constant text[] := '{forget_old_history,forget_old_keys,draw_lotteries}';
  v_job   apartado.jobs;
  v_gates bigint := (select sum(g.passages) from apartado.rule_gates g);
begin
  if p_job is not null and not exists (select from apartado.jobs j where j.job = p_job) then
    perform apartado._refuse('RS205', 'job', jsonb_build_object('job', p_job));
  end if;

  for v_job in
    select j.*
      from apartado.jobs j
     where p_job is null or j.job = p_job
     order by array_position(c_first, j.job), j.job
  loop
    continue when not pg_try_advisory_xact_lock(apartado._lock_key('job:' || v_job.job));
    -- checked again under the lock: whoever held it may just have run the job
    continue when not exists (
      select
        from apartado.jobs j
       where j.job = v_job.job
         -- a last run in the future: the server's clock was set back since
         and (j.last_run_at + j.every <= apartado.clock() or j.last_run_at > apartado.clock() or j.last_result::jsonb -> 'again' = 'true'));

    job := v_job.job;
    execute format('select to_jsonb(r)::text from (%s) r', v_job.command) into result;
    update apartado.jobs j
       set last_run_at = apartado.clock(), last_result = result
     where j.job = v_job.job;
    return next;
    exit when v_gates is distinct from (select sum(g.passages) from apartado.rule_gates g);
  end loop;
end;
$$;

comment on function apartado.run_due_jobs(text) is 'Run the jobs whose time has come. Example: select * from apartado.run_due_jobs()';

grant execute on function apartado.run_due_jobs to apartado_api, apartado_operator, apartado_jobs;
