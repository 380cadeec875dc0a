-- _serve: gives the free units of a stock row to those who are next in line, as reservations or as offers.
--
-- Gives   the stock row as it then is, and how many were served
-- Tells   queue.promoted and reservation.created, or queue.offered
-- Notes   at most 2,000 at once: the row is then marked unserved, and the next command or the job goes on.
--         One statement, so that rows and counters agree at its end: `set constraints all immediate` works.
--         The caller holds the stock row, locked and bumped, and its wishes.
create or replace function apartado._serve(
  p_stock      apartado.stock,
  p_now        timestamptz,
  p_ttl        interval,
  out stock    apartado.stock,
  out promoted integer
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  c_most constant integer := 2000;
  v_done record;
begin
  with next as materialized (
    select n.queue_entry_id, n.units, n.ordinal,
           p_now + coalesce(p_stock.offer_window, least(n.hold, p_ttl)) as until
      from apartado._next_in_line(p_stock, p_stock.available, p_now, c_most) n
  ), served as (
    update apartado.queue_entries q
       set status = case when p_stock.offer_window is null then 'promoted' else 'offered' end,
           closed_at = case when p_stock.offer_window is null then p_now end,
           offered_until = case when p_stock.offer_window is not null then n.until end,
           offered_quantity = case when p_stock.offer_window is not null then n.units end,
           served_at = p_now, served_rank = q.rank,
           served_before = case when q.served_at is null then null else q.served_before || q.served_at end,
           ranks_before = case when q.served_at is null then null else q.ranks_before || q.served_rank end,
           reason = null
      from next n
     where q.queue_entry_id = n.queue_entry_id
    returning q.queue_entry_id, q.member_id, q.wish_id, n.units, n.until, n.ordinal
  ), fulfilled as (
    update apartado.wishes w
       set closed_at = p_now
      from served v
     where w.wish_id = v.wish_id
    returning w.wish_id
  ), made as (
    insert into apartado.reservations (stock_id, member_id, queue_entry_id, quantity, price, currency, reserved_at, expires_at)
    select p_stock.stock_id, v.member_id, v.queue_entry_id, v.units, p_stock.price, p_stock.currency, p_now, v.until
      from served v
     where p_stock.offer_window is null
     order by v.ordinal
    returning quantity
  ), sums as (
    -- all of them are counted, so that rows change before the counters do
    select coalesce(sum(v.units), 0)::integer as units, count(*)::integer as entries, min(v.until) as due_at,
           (select count(*) from made) as made, (select count(*) from fulfilled) as fulfilled
      from served v
  )
  update apartado.stock s
     set available = s.available - x.units,
         reserved = s.reserved + x.units,
         queue_length = s.queue_length - x.entries,
         next_due_at = least(s.next_due_at, x.due_at),
         offering = s.offering or s.offer_window is not null and x.entries > 0,
         unserved = x.entries = c_most and s.available > x.units,
         version = s.version + 1
    from sums x
   where s.stock_id = p_stock.stock_id
     and (x.entries > 0 or s.unserved)
  returning s as stock, x.entries into v_done;

  stock := coalesce(v_done.stock, p_stock);
  promoted := coalesce(v_done.entries, 0);
end;
$$;

comment on function apartado._serve(apartado.stock, timestamptz, interval) is 'Gives the free units of a stock row to those who are next in line, as reservations or as offers.';
