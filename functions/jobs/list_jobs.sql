-- list_jobs: the wanted jobs and how they fare.
--
-- Gives   job, command, every, last_run_at, last_result
create or replace function apartado.list_jobs()
  returns table (
    job         text,
    command     text,
    every       interval,
    last_run_at timestamptz,
    last_result text
  )
  language sql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
  select j.job, j.command, j.every, j.last_run_at, j.last_result
    from apartado.jobs j
   order by j.job;
$$;

comment on function apartado.list_jobs() is 'The wanted jobs and how they fare. Example: select * from apartado.list_jobs()';

grant execute on function apartado.list_jobs to apartado_api, apartado_operator, apartado_jobs;
