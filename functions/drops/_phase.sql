-- _phase: whether a drop is upcoming, live or ended at a time.
--
-- Gives   upcoming, live or ended
create or replace function apartado._phase(p_opens_at timestamptz, p_closes_at timestamptz, p_now timestamptz)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select case when p_now < p_opens_at then 'upcoming' when p_now >= p_closes_at then 'ended' else 'live' end
$$;

comment on function apartado._phase(timestamptz, timestamptz, timestamptz) is 'Whether a drop is upcoming, live or ended at a time.';
