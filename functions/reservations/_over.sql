-- _over: why a reservation is over.
--
-- Gives   the code that a command about it refuses with: RS404 sold · RS402 cancelled or revoked · RS401 expired; null: it is alive
-- Notes   one that was confirmed after its deadline stays expired, and is sold all the same
create or replace function apartado._over(p_reservation apartado.reservations, p_now timestamptz)
  returns text
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return case
    when p_reservation.status = 'sold' then 'RS404'
    when p_reservation.status in ('cancelled', 'revoked') then 'RS402'
    when p_reservation.status = 'active' and p_reservation.expires_at > p_now then null
    when exists (select
                   from apartado.purchases p
                  where p.reservation_id = p_reservation.reservation_id
                    and p.purchased_at >= p_reservation.expires_at) then 'RS404'
    when p_reservation.status is not null then 'RS401'
  end;
end;
$$;

comment on function apartado._over(apartado.reservations, timestamptz) is 'Why a reservation is over.';
