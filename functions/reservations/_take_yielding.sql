-- _take_yielding: takes reservations whose holders let them go as soon as somebody wants them, the oldest first.
--
-- Gives   the stock row as it then is: with p_quantity units free if that many could be had so, unchanged otherwise
-- Tells   reservation.cancelled to each holder
-- Notes   the caller holds the stock row, locked, bumped and settled, and takes the units at once
create or replace function apartado._take_yielding(p_stock apartado.stock, p_member_id bigint, p_quantity integer, p_now timestamptz)
  returns apartado.stock
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock apartado.stock := p_stock;
begin
  if p_stock.available >= p_quantity or p_stock.queue_length > 0
     or p_stock.available + apartado._yielding(p_stock.stock_id, p_member_id, p_now) < p_quantity then
    return v_stock;
  end if;

  with line as (
    select r.reservation_id, sum(r.quantity) over (order by r.reserved_at, r.reservation_id) - r.quantity as before_it
      from apartado.reservations r
     where r.stock_id = p_stock.stock_id
       and r.status = 'active'
       and r.yields
       and r.member_id <> p_member_id
       and r.expires_at > p_now
  ), taken as (
    update apartado.reservations r
       set status = 'cancelled', closed_at = p_now, reason = 'yielded'
      from line n
     where r.reservation_id = n.reservation_id
       and n.before_it < p_quantity - p_stock.available
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

comment on function apartado._take_yielding(apartado.stock, bigint, integer, timestamptz) is 'Takes reservations whose holders let them go as soon as somebody wants them, the oldest first.';
