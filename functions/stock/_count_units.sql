-- _count_units: more or fewer units of an item, which nobody is served with yet.
--
-- Gives   the stock row as it then is
-- Raises  RS204 more than can be counted · RS301 fewer than are free
-- Tells   stock.changed with the reason
-- Notes   the caller holds the stock row, locked, bumped and settled; it ends the waiting of those for whom too few are left
--         (_close_hopeless_entries), and settles the row
create or replace function apartado._count_units(p_stock apartado.stock, p_delta integer, p_reason text)
  returns apartado.stock
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock apartado.stock;
begin
  if p_stock.total::bigint + apartado._planned(p_stock.stock_id) + p_delta > 2147483647 then
    perform apartado._refuse('RS204', 'delta', jsonb_build_object('total', p_stock.total, 'delta', p_delta, 'largest_total', 2147483647));
  elsif p_stock.available::bigint + p_delta < 0 then
    perform apartado._refuse('RS301/operator', 'delta', jsonb_build_object('available', p_stock.available, 'delta', p_delta));
  end if;

  perform apartado._say_why(p_reason);
  update apartado.stock s
     set total = s.total + p_delta,
         available = s.available + p_delta,
         version = s.version + 1
   where s.stock_id = p_stock.stock_id
  returning s.* into v_stock;
  perform apartado._say_why(null);
  return v_stock;
end;
$$;

comment on function apartado._count_units(apartado.stock, integer, text) is 'More or fewer units of an item, which nobody is served with yet.';
