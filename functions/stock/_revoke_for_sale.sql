-- _revoke_for_sale: takes units from other members' reservations and offers, the newest first, for a sale that overrides them.
--
-- Gives   the stock row as it then is, with at least p_units more of them free
-- Tells   reservation.revoked to each holder, queue.removed to those who had an offer, with the reason
-- Notes   the caller holds the stock row, locked and bumped, sells at once, and settles what is left over
create or replace function apartado._revoke_for_sale(
  p_stock    apartado.stock,
  p_buyer_id bigint,
  p_units    integer,
  p_reason   text,
  p_now      timestamptz
)
  returns apartado.stock
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock apartado.stock;
begin
  with claims as (
    select r.reservation_id, null::bigint as queue_entry_id, r.quantity, r.reserved_at as since
      from apartado.reservations r
     where r.stock_id = p_stock.stock_id
       and r.status = 'active'
       and r.member_id is distinct from p_buyer_id
     union all
    select null, q.queue_entry_id, q.offered_quantity, q.waiting_since
      from apartado.queue_entries q
     where q.stock_id = p_stock.stock_id
       and q.status = 'offered'
       and q.member_id is distinct from p_buyer_id
  ), line as (
    select c.*, sum(c.quantity) over (order by c.since desc, c.reservation_id desc nulls first, c.queue_entry_id desc) - c.quantity as before_it
      from claims c
  ), taken as (
    update apartado.reservations r
       set status = 'revoked', closed_at = greatest(p_now, r.reserved_at), reason = p_reason
      from line n
     where r.reservation_id = n.reservation_id
       and n.before_it < p_units
    returning r.quantity
  ), withdrawn as (
    update apartado.queue_entries q
       set status = 'removed', closed_at = p_now, reason = p_reason, offered_until = null, offered_quantity = null
      from line n
     where q.queue_entry_id = n.queue_entry_id
       and n.before_it < p_units
    returning n.quantity
  ), freed as (
    select coalesce((select sum(t.quantity) from taken t), 0)::integer
           + coalesce((select sum(w.quantity) from withdrawn w), 0)::integer as units
  )
  update apartado.stock s
     set available = s.available + f.units,
         reserved = s.reserved - f.units,
         version = s.version + 1
    from freed f
   where s.stock_id = p_stock.stock_id
  returning s.* into v_stock;

  return v_stock;
end;
$$;

comment on function apartado._revoke_for_sale(apartado.stock, bigint, integer, text, timestamptz) is 'Takes units from other members'' reservations and offers, the newest first, for a sale that overrides them.';
