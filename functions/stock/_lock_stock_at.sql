-- _lock_stock_at: takes the locks of an item's stock at several locations, and bumps the rows.
--
-- Gives   the stock ids, in the order of the locations that were named
-- Raises  RS205 no item was named · RS101 no such item · RS104 no such location, or the item is not kept there
-- Locks   the stock rows by id, then the wishes of those who wait there by id
-- Notes   for operators, who see hidden items. p_columns: the parameters that named the locations
create or replace function apartado._lock_stock_at(p_item bigint, p_locations text[], p_columns text[])
  returns bigint[]
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_ids     bigint[];
  v_missing integer;
begin
  select array_agg(s.stock_id order by u.place), min(u.place) filter (where s.stock_id is null)
    into v_ids, v_missing
    from unnest(p_locations) with ordinality u (code, place)
    left join apartado.locations l on l.code = u.code
    left join apartado.stock s on s.location_id = l.location_id and s.item_id = p_item;
  if v_missing is not null then
    perform apartado._refuse_missing_stock(p_item, p_locations[v_missing], true, p_columns[v_missing]);
  end if;

  perform apartado._lock_stocks(v_ids);
  return v_ids;
end;
$$;

comment on function apartado._lock_stock_at(bigint, text[], text[]) is 'Takes the locks of an item''s stock at several locations, and bumps the rows.';
