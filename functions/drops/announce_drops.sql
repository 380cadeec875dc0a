-- announce_drops: tell the openings and closings of drops whose time has come, each once.
--
-- Gives   how many drops were told to be open, and how many to be closed
-- Raises  RS601, RS602 called by a person who is no operator
-- Locks   the stock rows of all of them by id, then the drops, skipping those that are being changed: the next run tells them
-- Tells   drop.opened and drop.closed for each visible stock row, through triggers/drops.sql
-- Notes   a herald, not a rule: drops open and close by the clock whether or not this ever runs
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
  v_now := apartado.clock();

  with due as (
    select d.drop_id, d.opened_at is null and d.opens_at <= v_now as opens, d.closed_at is null and d.closes_at <= v_now as closes
      from apartado.drops d
     where d.drop_id = any (v_due)
       and d.opens_at <= v_now
       and (d.opened_at is null or d.closed_at is null and d.closes_at <= v_now)
     order by d.drop_id
       for no key update skip locked
  ), told as (
    update apartado.drops d
       set opened_at = case when x.opens then v_now else d.opened_at end,
           closed_at = case when x.closes then v_now else d.closed_at end
      from due x
     where d.drop_id = x.drop_id
    returning x.opens, x.closes
  )
  select count(*) filter (where t.opens), count(*) filter (where t.closes)
    into opened, closed
    from told t;
end;
$$;

comment on function apartado.announce_drops() is 'Tell the openings and closings of drops whose time has come, each once. A job calls it; no drop waits for it. Example: select * from apartado.announce_drops()';

grant execute on function apartado.announce_drops to apartado_operator, apartado_jobs;
