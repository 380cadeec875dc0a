-- _still_live: a reservation as it is after its stock row was settled.
--
-- Gives   the reservation, alive
-- Raises  RS402 its holder let it go as soon as somebody wants it, and the settling gave it to who waited
create or replace function apartado._still_live(p_reservation bigint)
  returns apartado.reservations
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_reservation apartado.reservations;
begin
  select r.* into v_reservation from apartado.reservations r where r.reservation_id = p_reservation;
  if v_reservation.status <> 'active' then
    perform apartado._refuse('RS402', 'reservation', jsonb_build_object(
      'reservation', p_reservation, 'status', v_reservation.status, 'reason', v_reservation.reason));
  end if;

  return v_reservation;
end;
$$;

comment on function apartado._still_live(bigint) is 'A reservation as it is after its stock row was settled.';
