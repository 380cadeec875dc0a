-- _lock_key: the advisory lock of a purpose.
--
-- Gives   the key: 'bell' rings the listeners, 'numbering' numbers events, 'job:<name>' runs a job,
--         'sync_jobs' schedules them
create or replace function apartado._lock_key(p_purpose text)
  returns bigint
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return hashtextextended('apartado ' || p_purpose, 0);
end;
$$;

comment on function apartado._lock_key(text) is 'The advisory lock of a purpose.';
