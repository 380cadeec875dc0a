-- _lock_live_reservation: takes the lock behind a member's reservation and finds it alive.
--
-- Gives   the reservation and its stock row, locked and bumped, and the time; p_member_id null: anybody's, for operators;
--         p_late: one that expired, too
-- Raises  RS102 not there, or not yours · RS401 expired · RS402 cancelled or revoked · RS404 sold
-- Locks   the stock row
create or replace function apartado._lock_live_reservation(
  p_member_id     bigint,
  p_reservation   bigint,
  p_late          boolean default false,
  out stock       apartado.stock,
  out reservation apartado.reservations,
  out now         timestamptz
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_code text;
begin
  -- stock_id and member_id never change, so they may be read before the lock; everything else is read after it
  update apartado.stock s
     set version = s.version + 1
   where s.stock_id = (select r.stock_id
                         from apartado.reservations r
                        where r.reservation_id = p_reservation
                          and (p_member_id is null or r.member_id = p_member_id))
  returning s.* into stock;
  if not found then
    perform apartado._refuse(case when p_member_id is null then 'RS102/operator' else 'RS102' end, 'reservation', jsonb_build_object(
      'reservation', p_reservation));
  end if;
  now := apartado.clock();

  select r.*
    into reservation
    from apartado.reservations r
   where r.reservation_id = p_reservation;

  v_code := apartado._over(reservation, now);
  if v_code = 'RS404' then
    perform apartado._refuse(case when p_member_id is null then 'RS404/operator' else 'RS404' end, 'reservation', jsonb_build_object(
      'reservation', p_reservation, 'closed_at', apartado._utc(reservation.closed_at)));
  elsif v_code = 'RS402' then
    perform apartado._refuse(case when p_member_id is null then 'RS402/operator' else 'RS402' end, 'reservation', jsonb_build_object(
      'reservation', p_reservation, 'status', reservation.status, 'reason', reservation.reason));
  elsif v_code = 'RS401' and not p_late then
    perform apartado._refuse(case when p_member_id is null then 'RS401/operator' else 'RS401' end, 'reservation', jsonb_build_object(
      'reservation', p_reservation, 'expires_at', apartado._utc(reservation.expires_at)));
  end if;
end;
$$;

comment on function apartado._lock_live_reservation(bigint, bigint, boolean) is 'Takes the lock behind a member''s reservation and finds it alive.';
