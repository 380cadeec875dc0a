-- _tell_phases: tells the openings and closings of these drops whose time has come, each once.
--
-- Gives   how many were told to be open, and how many to be closed
-- Tells   drop.opened and drop.closed for each visible stock row, through triggers/drops.sql
-- Notes   the caller holds the drops, and the stock rows of all of them
create or replace function apartado._tell_phases(p_drops bigint[], p_now timestamptz, out opened bigint, out closed bigint)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  with told as (
    update apartado.drops d
       set opened_at = coalesce(d.opened_at, p_now),
           closed_at = coalesce(d.closed_at, case when d.closes_at <= p_now then p_now end)
      from apartado.drops o
     where o.drop_id = d.drop_id
       and d.drop_id = any (p_drops)
       and d.opens_at <= p_now
       and (d.opened_at is null or d.closed_at is null and d.closes_at <= p_now)
    returning o.opened_at is null as opens, o.closed_at is distinct from d.closed_at as closes
  )
  select count(*) filter (where t.opens), count(*) filter (where t.closes)
    into opened, closed
    from told t;
end;
$$;

comment on function apartado._tell_phases(bigint[], timestamptz) is 'Tells the openings and closings of these drops whose time has come, each once.';
