-- _hold_more: gives a reservation more units, as reserve would give them.
--
-- Gives   the reservation as it then is
-- Raises  RS402 its holder let it go, and somebody has it now; the first of _more_refusals: RS301 not enough is available
--         RS306 people are waiting · RS307 not open yet · RS308 closed · RS309 not for sale · RS312 the price is another now
--         RS501 units of the item · RS504 units per drop
-- Tells   reservation.changed
-- Notes   the caller holds the member's turn and the stock row, locked and bumped
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
  v_stock apartado.stock;
  v_held  apartado.reservations;
begin
  v_stock := (select f.stock from apartado._settle(p_stock, p_now) f);
  v_held := apartado._still_live(p_reservation.reservation_id);
  perform apartado._refuse(r.code, r.parameter, r.facts)
     from apartado._more_refusals(v_stock, v_held.member_id, p_class_id, p_quantity, p_now) r;
  perform apartado._take_yielding(v_stock, v_held.member_id, p_quantity - v_held.quantity, p_now);

  v_held.quantity := p_quantity;
  return (select c.reservation from apartado._change_reservation(v_held) c);
end;
$$;

comment on function apartado._hold_more(apartado.stock, apartado.reservations, bigint, integer, timestamptz) is 'Gives a reservation more units, as reserve would give them.';
