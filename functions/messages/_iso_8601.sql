-- _iso_8601: a length of time in the form in which the API takes it.
--
-- Gives   PT480H, PT1M30S; null for null
create or replace function apartado._iso_8601(p_length interval)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
  set intervalstyle = iso_8601
as $$
  select make_interval(secs => extract(epoch from p_length))::text;
$$;

comment on function apartado._iso_8601(interval) is 'A length of time in the form in which the API takes it.';
