-- _lock_stock: takes the lock of an item's stock and bumps its version.
--
-- Gives   the stock row as it is under the lock
-- Raises  RS205 no item was named · RS101 no such item · RS104 no such location, or the item is not kept there
-- Locks   the stock row
-- Notes   the bump makes REPEATABLE READ and SERIALIZABLE fail with 40001; after a bare lock they would go on with an old snapshot
create or replace function apartado._lock_stock(p_item bigint, p_location text, p_sees_hidden boolean default false)
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
   where s.location_id = (select l.location_id from apartado.locations l where l.code = coalesce(p_location, 'main'))
     and s.item_id = p_item
  returning s.* into v_stock;

  if v_stock.stock_id is null then
    perform apartado._refuse_missing_stock(p_item, p_location, p_sees_hidden);
  end if;

  return v_stock;
end;
$$;

comment on function apartado._lock_stock(bigint, text, boolean) is 'Takes the lock of an item''s stock and bumps its version.';
