-- _refuse_second: says that a member holds a reservation of this stock already.
--
-- Raises  RS302, with the reservation and its deadline
create or replace function apartado._refuse_second(p_stock_id bigint, p_member_id bigint)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._refuse('RS302', 'item', (
    select jsonb_build_object('reservation_id', r.reservation_id, 'expires_at', apartado._utc(r.expires_at))
      from apartado.reservations r
     where r.stock_id = p_stock_id
       and r.member_id = p_member_id
       and r.status = 'active'));
end;
$$;

comment on function apartado._refuse_second(bigint, bigint) is 'Says that a member holds a reservation of this stock already.';
