-- sync_jobs: make pg_cron's schedule match the table of wanted jobs; changes nothing where pg_cron is not.
--
-- Gives   a row for each job that was scheduled, changed or removed; none where all was right, or pg_cron is not here
-- Locks   one at a time (advisory, to the end of the transaction)
-- Notes   runs as its caller, who is the administrator that migrates (so it has no grant): pg_cron runs a job as whoever
--         scheduled it, and the owner cannot log in.
--         Without pg_cron in this database, or where its caller may not use it, it changes nothing and says so: the service
--         runs the jobs then.
create or replace function apartado.sync_jobs()
  returns table (
    job    text,
    change text
  )
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  c_prefix  constant text := 'apartado ';
  v_version text := (select x.extversion from pg_extension x where x.extname = 'pg_cron');
  v_known   jsonb;
  v_wanted  record;
  v_old     record;
begin
  if v_version is null then
    raise notice 'pg_cron is not in this database: the service runs the jobs';
    return;
  elsif not (pg_has_role('pg_read_all_settings', 'usage') and has_schema_privilege('cron', 'usage')) then
    raise warning 'this login may not schedule jobs with pg_cron: the service runs the jobs'
      using hint = format('Let a superuser run: grant pg_read_all_settings to %1$I; grant usage on schema cron to %1$I; and migrate again.', current_user);
    return;
  elsif current_setting('cron.database_name', true) is distinct from current_database() then
    raise notice 'pg_cron runs jobs in database %, not here: the service runs the jobs',
      coalesce(current_setting('cron.database_name', true), '(none: it is not preloaded)');
    return;
  end if;

  perform pg_advisory_xact_lock(apartado._lock_key('sync_jobs'));
  -- also those of another database: this one may have been renamed, or restored from a dump
  execute 'select coalesce(jsonb_object_agg(c.jobname, jsonb_build_array(c.schedule, c.command, c.active, c.database, c.nodeport)), ''{}'')
             from cron.job c
            where c.jobname like $1 || ''%'' and c.username = current_user'
     into v_known
    using c_prefix;

  for v_wanted in
    select j.job, c_prefix || j.job as name, s.schedule, s.command
      from apartado.jobs j
     cross join lateral apartado._cron_schedule(j.job, j.every, string_to_array(substring(v_version from '^[0-9.]+'), '.')::integer[] >= '{1,5}') s
     order by j.job
  loop
    if v_known -> v_wanted.name is distinct from jsonb_build_array(v_wanted.schedule, v_wanted.command, true,
                                                                   current_database(), current_setting('port')::integer) then
      if v_known ? v_wanted.name then
        execute 'select cron.unschedule($1)' using v_wanted.name;
      end if;
      execute 'select cron.schedule($1, $2, $3)' using v_wanted.name, v_wanted.schedule, v_wanted.command;
      job := v_wanted.job;
      change := case when v_known ? v_wanted.name then 'changed' else 'scheduled' end;
      return next;
    end if;
    v_known := v_known - v_wanted.name;
  end loop;

  for v_old in
    select k.key as name
      from jsonb_each(v_known) k
     where k.value ->> 3 = current_database() -- what goes elsewhere and is none of these may be somebody's own
  loop
    execute 'select cron.unschedule($1)' using v_old.name;
    job := substr(v_old.name, length(c_prefix) + 1);
    change := 'removed';
    return next;
  end loop;
end;
$$;

comment on function apartado.sync_jobs() is 'Make pg_cron''s schedule match the table of wanted jobs; changes nothing where pg_cron is not. Example: select * from apartado.sync_jobs()';
