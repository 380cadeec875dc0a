-- _close_due: closes what is past its time on a stock row, and counts its units in.
--
-- Gives   the stock row as it then is, and how many reservations expired
-- Tells   reservation.expired, queue.missed, queue.closed, stock.changed and drop.wave
-- Notes   past their time are reservations, offers, entries that are not needed any more or whose wish was fulfilled
--         elsewhere, and waves that came. One statement, so that rows and counters agree at its end: `set constraints all immediate` works.
--         The caller holds the stock row, locked and bumped, and serves the queue next.
create or replace function apartado._close_due(
  p_stock     apartado.stock,
  p_now       timestamptz,
  out stock   apartado.stock,
  out expired integer
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_done record;
begin
  with due as (
    update apartado.reservations r
       set status = 'expired', closed_at = p_now
     where r.stock_id = p_stock.stock_id
       and r.status = 'active'
       and r.expires_at <= p_now
    returning r.quantity
  ), missed as (
    update apartado.queue_entries q
       set status = case when p_stock.missed = 'drop' or q.needed_until <= p_now then 'missed'
                         when p_stock.missed = 'back' then 'waiting'
                         else 'suspended' end,
           closed_at = case when p_stock.missed = 'drop' or q.needed_until <= p_now then p_now end,
           rank = case p_stock.missed when 'back' then p_stock.next_ticket + o.ordinal - 1 else q.rank end,
           -- its wish ended with the offer; who comes back waits for this alone
           wish_id = case when p_stock.missed = 'drop' or q.needed_until <= p_now then q.wish_id end,
           waiting_since = p_now, offered_until = null, offered_quantity = null, reason = 'missed'
      from (select x.queue_entry_id, x.offered_quantity, row_number() over (order by x.offered_until, x.rank) as ordinal
              from apartado.queue_entries x
             where x.stock_id = p_stock.stock_id
               and x.status = 'offered'
               and x.offered_until <= p_now) o
     where q.queue_entry_id = o.queue_entry_id
    returning o.offered_quantity as quantity, q.closed_at is null as comes_back
  ), lapsed as (
    update apartado.queue_entries q
       set status = 'closed', closed_at = p_now, reason = case when q.needed_until <= p_now then 'not_needed' else 'wish' end
     where q.stock_id = p_stock.stock_id
       and q.status in ('waiting', 'suspended')
       and (q.needed_until <= p_now
            or exists (select from apartado.wishes w where w.wish_id = q.wish_id and w.closed_at is not null))
    returning q.queue_entry_id
  ), released as (
    update apartado.waves w
       set released_at = p_now
     where w.stock_id = p_stock.stock_id
       and w.released_at is null
       and w.due_at <= p_now
    returning w.quantity
  ), sums as (
    select (select coalesce(sum(d.quantity), 0)::integer from due d) as expired_units,
           (select count(*)::integer from due) as expired,
           (select coalesce(sum(m.quantity), 0)::integer from missed m) as missed_units,
           (select count(*)::integer from missed m where m.comes_back) as coming_back,
           (select count(*)::integer from missed) as missed,
           (select count(*)::integer from lapsed) as lapsed,
           (select coalesce(sum(r.quantity), 0)::integer from released r) as released_units
  )
  update apartado.stock s
     set total = s.total + x.released_units,
         available = s.available + x.expired_units + x.missed_units + x.released_units,
         reserved = s.reserved - x.expired_units - x.missed_units,
         queue_length = s.queue_length - x.lapsed + x.coming_back,
         next_ticket = s.next_ticket + case s.missed when 'back' then x.missed else 0 end,
         next_due_at = apartado._next_due_at(s, p_now),
         offering = s.offering and exists (select from apartado.queue_entries q
                                            where q.stock_id = s.stock_id and q.status = 'offered' and q.offered_until > p_now),
         version = s.version + 1
    from sums x
   where s.stock_id = p_stock.stock_id
  returning s as stock, x.expired into v_done;

  stock := v_done.stock;
  expired := v_done.expired;
end;
$$;

comment on function apartado._close_due(apartado.stock, timestamptz) is 'Closes what is past its time on a stock row, and counts its units in.';
