-- _measures: how the work and the storage fare, each with its limit.
--
-- Gives   a row for each measure: name, value, largest (that is well), unit
create or replace function apartado._measures()
  returns table (
    name    text,
    value   bigint,
    largest bigint,
    unit    text
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select w.name, coalesce(w.value, 0), w.largest, w.unit from apartado._work_measures() w
  union all
  select s.name, coalesce(s.value, 0), s.largest, s.unit from apartado._storage_measures() s;
$$;

comment on function apartado._measures() is 'How the work and the storage fare, each with its limit.';
