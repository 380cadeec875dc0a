-- _lock_stock_of_reservation: takes the lock of the stock that a reservation is of, and bumps its version.
--
-- Gives   the stock row as it is under the lock; p_member_id null: whoever the reservation belongs to
-- Raises  RS102 no such reservation, or not this member's
-- Locks   the stock row
-- Notes   a reservation never changes its stock or its member, so both may be looked up before the lock;
--         everything else about it must be read after
create or replace function apartado._lock_stock_of_reservation(p_reservation bigint, p_member_id bigint default null)
  returns apartado.stock
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock apartado.stock;
begin
  update apartado.stock s
     set version = s.version + 1
    from apartado.reservations r
   where r.reservation_id = p_reservation
     and (p_member_id is null or r.member_id = p_member_id)
     and s.stock_id = r.stock_id
  returning s.* into v_stock;

  if v_stock.stock_id is null then
    perform apartado._refuse('RS102', 'reservation', jsonb_build_object('reservation', p_reservation));
  end if;

  return v_stock;
end;
$$;

comment on function apartado._lock_stock_of_reservation(bigint, bigint) is 'Takes the lock of the stock that a reservation is of, and bumps its version.';
