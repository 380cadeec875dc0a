-- _hold_more: gives a reservation more units, as reserve would give them.
--
-- Gives   the reservation as it then is
-- Raises  RS301 not enough is available · RS306 people are waiting · RS307 not open yet · RS308 closed · RS309 not for sale
--         RS312 the price is another now · RS501 units of the item · RS504 units per drop
-- Tells   reservation.changed
-- Notes   the caller holds the member's turn and the stock row, locked and bumped. Whoever may be served comes first, also
--         under the policy fit: only queues keep count of who was passed.
create or replace function apartado._hold_more(
  p_stock       apartado.stock,
  p_reservation apartado.reservations,
  p_class_id    bigint,
  p_quantity    integer,
  p_now         timestamptz
)
  returns apartado.reservations
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_more    integer := p_quantity - p_reservation.quantity;
  v_stock   apartado.stock;
  v_held    apartado.reservations := p_reservation;
  v_changed record;
begin
  perform apartado._check_open(p_stock, v_held.member_id, false, p_now);
  if (p_stock.price, p_stock.currency) is distinct from (v_held.price, v_held.currency) then
    perform apartado._refuse('RS312', 'quantity', jsonb_build_object(
      'price', p_stock.price, 'currency', p_stock.currency, 'frozen_price', v_held.price, 'frozen_currency', v_held.currency));
  end if;

  v_stock := (select f.stock from apartado._settle(p_stock, p_now) f);
  v_held := apartado._still_live(v_held.reservation_id);
  if not apartado._wanted(v_stock.stock_id, v_held.member_id, p_now) then
    v_stock := apartado._take_yielding(v_stock, v_held.member_id, v_more, p_now);
  elsif v_stock.available >= v_more then
    perform apartado._refuse('RS306', 'quantity', jsonb_build_object('available', v_stock.available, 'queue_length', v_stock.queue_length));
  end if;
  if v_stock.available < v_more then
    perform apartado._refuse('RS301', 'quantity', jsonb_build_object(
      'requested', v_more, 'available', v_stock.available, 'reserved', v_stock.reserved, 'queue_length', v_stock.queue_length));
  end if;

  v_held.quantity := p_quantity;
  select * into v_changed from apartado._change_reservation(v_held);
  perform apartado._check_limits(v_changed.stock, v_held.member_id, p_class_id, 0, 'RS501', p_now);
  return v_changed.reservation;
end;
$$;

comment on function apartado._hold_more(apartado.stock, apartado.reservations, bigint, integer, timestamptz) is 'Gives a reservation more units, as reserve would give them.';
