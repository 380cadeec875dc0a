-- _change_total: more or fewer units of an item, served at once to those who wait.
--
-- Gives   the stock row as it then is, and how many were promoted
-- Raises  as _count_units
-- Tells   stock.changed with the reason, then queue.promoted and reservation.created; queue.closed to those for whom
--         too few are left, when no more will come
-- Notes   the caller holds the stock row, locked, bumped and settled
create or replace function apartado._change_total(
  p_stock  apartado.stock,
  p_delta  integer,
  p_reason text,
  p_now    timestamptz,
  out stock    apartado.stock,
  out promoted integer
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_stock apartado.stock := apartado._count_units(p_stock, p_delta, p_reason);
  v_done  record;
begin
  v_stock := apartado._close_hopeless_entries(v_stock, p_now);
  select * into v_done from apartado._settle(v_stock, p_now);
  stock := v_done.stock;
  promoted := v_done.promoted;
end;
$$;

comment on function apartado._change_total(apartado.stock, integer, text, timestamptz) is 'More or fewer units of an item, served at once to those who wait.';
