-- _iso_8601: a length of time in the form in which the API takes it.
--
-- Gives   PT480H, PT1M30S; P178000000Y as it was given, where so many hours cannot be said; null for null
create or replace function apartado._iso_8601(p_length interval)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
  set intervalstyle = iso_8601
as $$
  select case when abs(extract(epoch from p_length)) < 1e12 then make_interval(secs => extract(epoch from p_length))
              else p_length
         end::text;
$$;

comment on function apartado._iso_8601(interval) is 'A length of time in the form in which the API takes it.';
