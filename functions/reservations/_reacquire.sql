-- _reacquire: finds that the units of a reservation that expired may still be sold to its holder.
--
-- Gives   the stock row as it then is: settled, with the units free
-- Raises  RS101 hidden · RS301 not enough is available · RS302 they hold another · RS306 people were or are waiting · RS307 not open yet
--         RS308 the drop is closed · RS309 not for sale · RS401 the policy does not allow it
-- Notes   the caller holds the member's turn, and the stock row, locked and bumped
create or replace function apartado._reacquire(
  p_stock       apartado.stock,
  p_reservation apartado.reservations,
  p_quantity    integer,
  p_now         timestamptz
)
  returns apartado.stock
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_wanted boolean := apartado._wanted(p_stock.stock_id, p_reservation.member_id, p_now);
  v_stock  apartado.stock;
  v_own    record;
begin
  if not (apartado._own_policy(p_stock, p_reservation.member_id)).late_confirm then
    perform apartado._refuse('RS401', 'reservation', jsonb_build_object(
      'reservation', p_reservation.reservation_id, 'expires_at', apartado._utc(p_reservation.expires_at)));
  end if;
  perform apartado._check_open(p_stock, p_reservation.member_id, false, p_now);

  v_stock := (select f.stock from apartado._settle(p_stock, p_now) f);
  select * into v_own from apartado._own_claim(v_stock.stock_id, p_reservation.member_id);
  if v_own.reservation_id is not null then
    perform apartado._refuse('RS302/again', 'reservation', jsonb_build_object('reservation_id', v_own.reservation_id, 'expires_at', apartado._utc(v_own.expires_at)));
  elsif v_wanted or apartado._wanted(v_stock.stock_id, p_reservation.member_id, p_now) then
    perform apartado._refuse('RS306/late', 'reservation', jsonb_build_object('available', v_stock.available, 'queue_length', v_stock.queue_length));
  elsif v_stock.available < p_quantity then
    perform apartado._refuse('RS301/late', 'reservation', jsonb_build_object('requested', p_quantity, 'available', v_stock.available));
  end if;

  return v_stock;
end;
$$;

comment on function apartado._reacquire(apartado.stock, apartado.reservations, integer, timestamptz) is 'Finds that the units of a reservation that expired may still be sold to its holder.';
