-- _revoke_for_sale: takes units from other members' reservations, the newest first, for a sale that overrides them.
--
-- Gives   the stock row as it then is, with at least p_units more of them free
-- Tells   reservation.revoked to each holder
-- Notes   the caller holds the stock row, locked and bumped, sells at once, and settles what is left over
create or replace function apartado._revoke_for_sale(
  p_stock    apartado.stock,
  p_buyer_id bigint,
  p_units    integer,
  p_now      timestamptz
)
  returns apartado.stock
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock apartado.stock;
begin
  with line as (
    select r.reservation_id, sum(r.quantity) over (order by r.reserved_at desc, r.reservation_id desc) - r.quantity as before_it
      from apartado.reservations r
     where r.stock_id = p_stock.stock_id
       and r.status = 'active'
       and r.member_id is distinct from p_buyer_id
  ), taken as (
    update apartado.reservations r
       set status = 'revoked', closed_at = p_now, reason = 'sold'
      from line n
     where r.reservation_id = n.reservation_id
       and n.before_it < p_units
    returning r.quantity
  ), freed as (
    select coalesce(sum(t.quantity), 0)::integer as units
      from taken t
  )
  update apartado.stock s
     set available = s.available + f.units,
         reserved = s.reserved - f.units,
         version = s.version + 1
    from freed f
   where s.stock_id = p_stock.stock_id
  returning s.* into v_stock;

  return v_stock;
end;
$$;

comment on function apartado._revoke_for_sale(apartado.stock, bigint, integer, timestamptz) is 'Takes units from other members'' reservations, the newest first, for a sale that overrides them.';
