-- _take_yielding: takes reservations whose holders let them go as soon as somebody wants them, the oldest first.
--
-- Gives   the stock row as it then is: with p_quantity units free if that many could be had so, unchanged otherwise
-- Tells   reservation.cancelled to each holder
-- Notes   for somebody who does not wait; for those who wait _settle does it.
--         The caller holds the stock row, locked, bumped and settled, and takes the units at once
create or replace function apartado._take_yielding(p_stock apartado.stock, p_member_id bigint, p_quantity integer, p_now timestamptz)
  returns apartado.stock
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_stock.available >= p_quantity or not apartado._can_have(p_stock, p_member_id, p_quantity, p_now) then
    return p_stock;
  end if;

  return apartado._let_go(p_stock, p_member_id, p_quantity - p_stock.available, p_now);
end;
$$;

comment on function apartado._take_yielding(apartado.stock, bigint, integer, timestamptz) is 'Takes reservations whose holders let them go as soon as somebody wants them, the oldest first.';
