-- _cron_schedule: how pg_cron is to be told of a job.
--
-- Gives   schedule and command, for a pg_cron that knows seconds (1.5 and later) or minutes only
create or replace function apartado._cron_schedule(
  p_job           text,
  p_every         interval,
  p_knows_seconds boolean,
  out schedule    text,
  out command     text
)
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_seconds integer := ceil(extract(epoch from p_every));
begin
  command := format('call apartado.loop_job(%L, 0)', p_job);
  if v_seconds < 60 and p_knows_seconds then
    schedule := v_seconds || ' seconds';
  elsif v_seconds < 60 then
    schedule := '* * * * *';
    command := format('call apartado.loop_job(%L)', p_job);
  elsif v_seconds < 3600 then
    schedule := format('*/%s * * * *', v_seconds / 60);
  else
    schedule := '0 * * * *';
  end if;
end;
$$;

comment on function apartado._cron_schedule(text, interval, boolean) is 'How pg_cron is to be told of a job.';
