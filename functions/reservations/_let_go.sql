-- _let_go: closes reservations whose holders let them go, and counts their units free.
--
-- Gives   the stock row as it then is
-- Tells   reservation.cancelled to each holder
-- Notes   the caller holds the stock row, locked, bumped and settled, has checked that this frees enough units, and takes
--         them at once
create or replace function apartado._let_go(p_stock apartado.stock, p_member_id bigint, p_units integer, p_now timestamptz)
  returns apartado.stock
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock apartado.stock;
begin
  with taken as (
    update apartado.reservations r
       set status = 'cancelled', closed_at = greatest(p_now, r.reserved_at), reason = 'yielded'
      from apartado._yielded(p_stock.stock_id, p_member_id, p_units, p_now) y
     where r.reservation_id = y.reservation_id
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

comment on function apartado._let_go(apartado.stock, bigint, integer, timestamptz) is 'Closes reservations whose holders let them go, and counts their units free.';
