-- _give_back: gives units of a reservation back to the stock, and from there to those who wait.
--
-- Gives   the reservation and the stock row as they then are, and how many were promoted
-- Tells   reservation.cancelled, .revoked or .changed, then queue.promoted
-- Notes   all of its units close it as p_status; fewer leave it active with the rest.
--         The caller holds the stock row, locked and bumped.
--         The aggregate completes the CTE before stock is updated (see _change_reservation).
create or replace function apartado._give_back(
  p_stock       apartado.stock,
  p_reservation apartado.reservations,
  p_quantity    integer,
  p_status      text,
  p_reason      text,
  p_now         timestamptz,
  out stock       apartado.stock,
  out reservation apartado.reservations,
  out promoted    integer
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_whole boolean := p_quantity = p_reservation.quantity;
  v_done  record;
begin
  with given as (
    update apartado.reservations r
       set quantity  = case when v_whole then r.quantity else r.quantity - p_quantity end,
           status    = case when v_whole then p_status else r.status end,
           reason    = case when v_whole then p_reason else r.reason end,
           closed_at = case when v_whole then greatest(p_now, r.reserved_at) end
     where r.reservation_id = p_reservation.reservation_id
    returning r.reservation_id
  )
  update apartado.stock s
     set available = s.available + p_quantity,
         reserved = s.reserved - p_quantity,
         version = s.version + 1
    from (select count(*) from given) g
   where s.stock_id = p_stock.stock_id
  returning s.* into stock;

  select * into v_done from apartado._settle(stock, p_now);
  stock := v_done.stock;
  promoted := v_done.promoted;
  -- read after settling: what is left of the reservation may itself have yielded to whoever is next
  select r.* into reservation from apartado.reservations r where r.reservation_id = p_reservation.reservation_id;
end;
$$;

comment on function apartado._give_back(apartado.stock, apartado.reservations, integer, text, text, timestamptz) is 'Gives units of a reservation back to the stock, and from there to those who wait.';
