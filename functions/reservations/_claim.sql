-- _claim: does what _refusals found nothing against: the member gets the units of a settled stock row, or waits for them.
--
-- Gives   the stock row as it then is; _own_claim says what the member has of it now
-- Raises  what _enqueue raises; _refusals with p_queues names it beforehand
-- Tells   reservation.created, queue.joined, queue.promoted, and reservation.cancelled to those who let theirs go
-- Notes   if settling has just promoted the member, that reservation stands; an open offer is accepted; a place in the queue is
--         kept. The caller holds the member's turn and the stock row, locked, bumped and settled.
--         The aggregate completes the CTE before stock is updated (see _change_reservation).
create or replace function apartado._claim(
  p_stock     apartado.stock,
  p_member_id bigint,
  p_class_id  bigint,
  p_quantity  integer,
  p_ttl       interval,
  p_now       timestamptz
)
  returns apartado.stock
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock    apartado.stock;
  v_own      record;
  v_can_have boolean;
  v_joined   record;
  v_until    timestamptz;
begin
  select * into v_own from apartado._own_claim(p_stock.stock_id, p_member_id);
  if v_own.status = 'offered' then
    return (select a.stock from apartado._accept_offer(p_stock, v_own.queue_entry_id, p_ttl, p_now) a);
  elsif v_own.reservation_id is not null or v_own.queue_entry_id is not null then
    return p_stock;
  end if;

  v_can_have := apartado._can_have(p_stock, p_member_id, p_quantity, p_now);
  if not v_can_have or p_stock.queue_length > 0 then
    -- Through the queue also when served at once past others, because passes are counted from its entries. And a newcomer whom
    -- _can_have turns down may still be served: with less (partial), or before lower priorities that want more than is free.
    select * into v_joined from apartado._enqueue(p_stock, p_member_id, p_class_id, p_quantity, null, null, p_now, v_can_have);
    v_stock := (select f.stock from apartado._settle(v_joined.stock, p_now, v_joined.queue_entry_id, p_ttl) f);
    select * into v_own from apartado._own_claim(p_stock.stock_id, p_member_id);
    if v_own.status = 'offered' then
      v_stock := (select a.stock from apartado._accept_offer(v_stock, v_own.queue_entry_id, p_ttl, p_now) a);
    end if;
    return v_stock;
  end if;

  v_stock := apartado._take_yielding(p_stock, p_member_id, p_quantity, p_now);
  v_until := p_now + coalesce(p_ttl, (apartado._class_policy(p_class_id)).hold, p_stock.hold);
  with made as (
    insert into apartado.reservations as r (stock_id, member_id, quantity, price, currency, reserved_at, expires_at)
    values (p_stock.stock_id, p_member_id, p_quantity, p_stock.price, p_stock.currency, p_now, v_until)
    returning r.quantity
  )
  update apartado.stock s
     set available = s.available - m.units,
         reserved = s.reserved + m.units,
         next_due_at = least(s.next_due_at, v_until),
         version = s.version + 1
    from (select sum(x.quantity)::integer as units from made x) m
   where s.stock_id = p_stock.stock_id
  returning s.* into v_stock;

  return v_stock;
end;
$$;

comment on function apartado._claim(apartado.stock, bigint, bigint, integer, interval, timestamptz) is 'Does what _refusals found nothing against: the member gets the units of a settled stock row, or waits for them.';
