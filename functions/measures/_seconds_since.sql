-- _seconds_since: how many whole seconds ago something was.
--
-- Gives   0 for null, of which greatest takes no notice, and for what is still to come
create or replace function apartado._seconds_since(p_at timestamptz)
  returns bigint
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select greatest(floor(extract(epoch from apartado.clock() - p_at)), 0)::bigint;
$$;

comment on function apartado._seconds_since(timestamptz) is 'How many whole seconds ago something was.';
