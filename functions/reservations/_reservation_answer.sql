-- _reservation_answer: a reservation as it now is, as the functions that change one answer it.
--
-- Gives   the fields of _reservation_fields, in one value that is remembered under an idempotency key
create or replace function apartado._reservation_answer(
  p_reservation    apartado.reservations,
  p_now            timestamptz,
  p_transferred_to bigint default null
)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select jsonb_build_object(
             'reservation_id', p_reservation.reservation_id, 'item_id', s.item_id, 'location', l.code,
             'quantity', p_reservation.quantity, 'status', p_reservation.status, 'price', p_reservation.price,
             'currency', p_reservation.currency, 'reserved_at', p_reservation.reserved_at, 'expires_at', p_reservation.expires_at,
             'extensions', p_reservation.extensions,
             'extensions_left', case p_reservation.status when 'active' then greatest(k.extension_limit - p_reservation.extensions, 0) else 0 end,
             'payment_began_at', p_reservation.payment_began_at, 'yields', p_reservation.yields, 'reason', p_reservation.reason,
             'transferred_to', p_transferred_to, 'server_time', p_now)
      from apartado.stock s
      join apartado.locations l on l.location_id = s.location_id
      join apartado.members m on m.member_id = p_reservation.member_id
     cross join lateral apartado._policy_of(s.item_id, s.location_id, m.class_id) k
     where s.stock_id = p_reservation.stock_id
  );
end;
$$;

comment on function apartado._reservation_answer(apartado.reservations, timestamptz, bigint) is 'A reservation as it now is, as the functions that change one answer it.';
