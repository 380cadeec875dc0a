-- _change_reservation: writes a live reservation as it shall be, and counts its units.
--
-- Gives   the stock row and the reservation as they then are
-- Tells   reservation.extended or .changed
-- Notes   quantity, deadline, extensions, payment and yields are taken from p_wanted.
--         The caller holds the stock row, locked, bumped and settled, and found more units free if more are wanted.
--         The aggregate completes the CTE before stock is updated, so that rows are tallied before they are compared with the
--         counters, also under `set constraints all immediate` (triggers/stock.sql).
create or replace function apartado._change_reservation(
  p_wanted        apartado.reservations,
  out stock       apartado.stock,
  out reservation apartado.reservations
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  with changed as (
    update apartado.reservations r
       set quantity = p_wanted.quantity,
           expires_at = p_wanted.expires_at,
           extensions = p_wanted.extensions,
           extended = p_wanted.extended,
           payment_began_at = p_wanted.payment_began_at,
           yields = p_wanted.yields
      from apartado.reservations o
     where r.reservation_id = p_wanted.reservation_id
       and o.reservation_id = r.reservation_id
    returning r.quantity - o.quantity as more
  )
  update apartado.stock s
     set available = s.available - c.more,
         reserved = s.reserved + c.more,
         next_due_at = least(s.next_due_at, p_wanted.expires_at),
         version = s.version + 1
    from (select coalesce(sum(x.more), 0)::integer as more from changed x) c
   where s.stock_id = p_wanted.stock_id
  returning s.* into stock;

  select r.* into reservation from apartado.reservations r where r.reservation_id = p_wanted.reservation_id;
end;
$$;

comment on function apartado._change_reservation(apartado.reservations) is 'Writes a live reservation as it shall be, and counts its units.';
