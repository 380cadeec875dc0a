-- expire_and_promote: close what is past its deadline and promote who is next, over all items.
--
-- Gives   how many reservations expired, how many entries were promoted, and remaining: reservations still due and queues not
--         served to their end, or, if that is more, the stock rows on which anything is still due (up to p_limit of each kind)
-- Raises  RS204 p_limit outside 1 .. 100000 · RS601, RS602 called by a person who is no operator
-- Locks   the stock rows with something due, skipping those that are busy: whoever is busy there settles them; the wishes of those
--         who wait there
-- Tells   what _settle tells: reservation.expired, queue.missed, .closed, .promoted, .offered, reservation.created, stock.changed and
--         drop.wave
-- Notes   only sweeps: every command and every query takes what is due as done, whether or not this ever runs
create or replace function apartado.expire_and_promote(
  p_limit       integer default 500,
  out expired   bigint,
  out promoted  bigint,
  out remaining bigint
)
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
  perform apartado._check_limit(p_limit, 100000);

  select array_agg(l.stock_id)
    into v_due
    from (select s.stock_id
            from apartado.stock s
           where s.stock_id = any (array(select d.stock_id from apartado._due_stock(v_now, p_limit) d))
           order by s.stock_id
             for no key update skip locked) l;
  perform apartado._lock_wishes(v_due);

  -- the clock is read again under the locks, which other transactions may have held for a while
  select f.expired, f.promoted into expired, promoted from apartado._settle_all(v_due, apartado.clock()) f;

  remaining := greatest(
    (select count(*) from apartado.reservations r where r.status = 'active' and r.expires_at <= v_now)
    + (select count(*) from apartado.stock s where s.unserved),
    (select count(*) from apartado._due_stock(v_now, p_limit)));
end;
$$;

comment on function apartado.expire_and_promote(integer) is 'Close what is past its deadline and promote who is next, over all items. A job calls it; correctness never waits for it. Example: select * from apartado.expire_and_promote()';

grant execute on function apartado.expire_and_promote to apartado_api, apartado_operator, apartado_jobs;
