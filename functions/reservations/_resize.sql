-- _resize: gives a live reservation more or fewer units.
--
-- Gives   the reservation as it then is; the same number changes nothing
-- Raises  what _hold_more refuses with
-- Tells   reservation.changed; queue.promoted and reservation.created for each who is served with what was given back
-- Notes   the caller holds the member's turn and the stock row, locked and bumped
create or replace function apartado._resize(
  p_stock       apartado.stock,
  p_reservation bigint,
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
  v_held apartado.reservations;
begin
  select r.* into v_held from apartado.reservations r where r.reservation_id = p_reservation;
  if p_quantity < v_held.quantity then
    v_held := (select g.reservation
                 from apartado._give_back(p_stock, v_held, v_held.quantity - p_quantity, 'cancelled', null, p_now) g);
  elsif p_quantity > v_held.quantity then
    v_held := apartado._hold_more(p_stock, v_held, p_class_id, p_quantity, p_now);
  end if;

  return v_held;
end;
$$;

comment on function apartado._resize(apartado.stock, bigint, bigint, integer, timestamptz) is 'Gives a live reservation more or fewer units.';
