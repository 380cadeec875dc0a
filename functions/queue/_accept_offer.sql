-- _accept_offer: turns an offer into a reservation.
--
-- Gives   the reservation and the stock row as it then is
-- Tells   queue.promoted and reservation.created
-- Notes   the caller holds the stock row, locked, bumped and settled, and found the offer alive. Its units count as
--         reserved already. The aggregate completes the CTEs before stock is updated (see _change_reservation).
create or replace function apartado._accept_offer(
  p_stock    apartado.stock,
  p_entry_id bigint,
  p_ttl      interval,
  p_now      timestamptz,
  out stock       apartado.stock,
  out reservation apartado.reservations
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_done record;
begin
  with accepted as (
    update apartado.queue_entries q
       set status = 'promoted', closed_at = p_now, offered_until = null, offered_quantity = null
      from apartado.queue_entries o
     where q.queue_entry_id = p_entry_id
       and o.queue_entry_id = q.queue_entry_id
    returning q.queue_entry_id, q.member_id, o.offered_quantity as units
  ), made as (
    insert into apartado.reservations as r (stock_id, member_id, queue_entry_id, quantity, price, currency, reserved_at, expires_at)
    select p_stock.stock_id, a.member_id, a.queue_entry_id, a.units, p_stock.price, p_stock.currency,
           p_now, p_now + least(coalesce((select h.hold from apartado.class_holds h where h.member_id = a.member_id), p_stock.hold), p_ttl)
      from accepted a
    returning r.reservation_id, r.expires_at
  )
  update apartado.stock s
     set next_due_at = least(s.next_due_at, m.expires_at),
         version = s.version + 1
    from (select max(x.reservation_id) as reservation_id, max(x.expires_at) as expires_at from made x) m
   where s.stock_id = p_stock.stock_id
  returning s as stock, m.reservation_id into v_done;

  stock := v_done.stock;
  select r.* into reservation from apartado.reservations r where r.reservation_id = v_done.reservation_id;
end;
$$;

comment on function apartado._accept_offer(apartado.stock, bigint, interval, timestamptz) is 'Turns an offer into a reservation.';
