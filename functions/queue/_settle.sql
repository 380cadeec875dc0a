-- _settle: makes a stock row true: closes what is due on it, and gives free units to those who wait, in order.
--
-- Gives   the stock row as it then is, and how many reservations expired and entries were promoted
-- Locks   none itself: the caller holds the stock row, locked and bumped
-- Tells   reservation.expired, queue.closed, queue.promoted, reservation.created
-- Notes   strictly in order: an entry that wants more than is free is waited for.
--         One statement, so that nobody sees (and no trigger tells) a free unit beside the person it belongs to.
--         Rows and counters change together, so that `set constraints all immediate` works.
create or replace function apartado._settle(
  p_stock      apartado.stock,
  p_now        timestamptz,
  out stock    apartado.stock,
  out expired  integer,
  out promoted integer
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_done record;
begin
  if p_stock.next_due_at > p_now and (p_stock.queue_length = 0 or p_stock.available = 0) then
    stock := p_stock;
    expired := 0;
    promoted := 0;
    return;
  end if;

  with due as (
    update apartado.reservations r
       set status = 'expired', closed_at = p_now
     where r.stock_id = p_stock.stock_id
       and r.status = 'active'
       and r.expires_at <= p_now
    returning r.quantity
  ), freed as (
    select coalesce(sum(d.quantity), 0)::integer as units, count(*)::integer as reservations
      from due d
  ), lapsed as (
    update apartado.queue_entries q
       set status = 'closed', closed_at = p_now, reason = 'not_needed'
     where q.stock_id = p_stock.stock_id
       and q.status = 'waiting'
       and q.needed_until <= p_now
    returning q.queue_entry_id
  ), line as (
    select q.queue_entry_id, sum(q.quantity) over (order by q.ticket) as up_to_here
      from apartado.queue_entries q
     where q.stock_id = p_stock.stock_id
       and q.status = 'waiting'
       and (q.needed_until is null or q.needed_until > p_now)
     order by q.ticket
     limit p_stock.available + (select f.units from freed f)
  ), served as (
    update apartado.queue_entries q
       set status = 'promoted', closed_at = p_now
      from line n
     where q.queue_entry_id = n.queue_entry_id
       and n.up_to_here <= p_stock.available + (select f.units from freed f)
    returning q.queue_entry_id, q.member_id, q.quantity, q.ticket
  ), made as (
    insert into apartado.reservations (stock_id, member_id, queue_entry_id, quantity, price, currency, reserved_at, expires_at)
    select p_stock.stock_id, v.member_id, v.queue_entry_id, v.quantity, p_stock.price, p_stock.currency, p_now, p_now + p_stock.hold
      from served v
     order by v.ticket
    returning quantity, expires_at
  ), taken as (
    select coalesce(sum(m.quantity), 0)::integer as units, count(*)::integer as entries, min(m.expires_at) as due_at
      from made m
  )
  update apartado.stock s
     set available = s.available + f.units - t.units,
         reserved = s.reserved - f.units + t.units,
         queue_length = s.queue_length - t.entries - (select count(*) from lapsed),
         next_due_at = least(
           coalesce(t.due_at, 'infinity'),
           coalesce((select min(r.expires_at)
                       from apartado.reservations r
                      where r.stock_id = s.stock_id and r.status = 'active' and r.expires_at > p_now), 'infinity'),
           coalesce((select min(q.needed_until)
                       from apartado.queue_entries q
                      where q.stock_id = s.stock_id and q.status = 'waiting' and q.needed_until > p_now), 'infinity')),
         version = s.version + 1
    from freed f, taken t
   where s.stock_id = p_stock.stock_id
  returning s as stock, f.reservations, t.entries
       into v_done;

  stock := v_done.stock;
  expired := v_done.reservations;
  promoted := v_done.entries;
end;
$$;

comment on function apartado._settle(apartado.stock, timestamptz) is 'Makes a stock row true: closes what is due on it, and gives free units to those who wait, in order.';
