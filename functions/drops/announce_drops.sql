-- announce_drops: tell the openings and closings of drops whose time has come, each once.
--
-- Gives   how many drops were told to be open, and how many to be closed
-- Raises  RS601, RS602 called by a person who is no operator
-- Locks   the stock rows of all of them by id, then the drops, skipping those that are being changed: the next run tells them
-- Tells   drop.opened and drop.closed for each visible stock row, through triggers/drops.sql
-- Notes   only tells: drops open and close by the clock whether or not this ever runs
create or replace function apartado.announce_drops(out opened bigint, out closed bigint)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_now timestamptz := apartado.clock();
  v_due bigint[];
begin
  perform apartado._require_operator_or_role();
  v_due := array(
    select d.drop_id
      from apartado.drops d
     where d.opens_at <= v_now
       and (d.opened_at is null or d.closed_at is null and d.closes_at <= v_now));
  perform s.stock_id
     from apartado.stock s
    where s.drop_id = any (v_due)
    order by s.stock_id
      for no key update;
  v_due := array(
    select d.drop_id
      from apartado.drops d
     where d.drop_id = any (v_due)
     order by d.drop_id
       for no key update skip locked);
  select * into opened, closed from apartado._tell_phases(v_due, apartado.clock());
end;
$$;

comment on function apartado.announce_drops() is 'Tell the openings and closings of drops whose time has come, each once. A job calls it; no drop waits for it. Example: select * from apartado.announce_drops()';

grant execute on function apartado.announce_drops to apartado_operator, apartado_jobs;
