-- _visible_stock: the stock row of an item, for somebody to whom it may be shown.
--
-- Gives   the row as it is, without its lock; p_viewer_id null: for a visitor or a device
-- Raises  RS205 no item was named · RS101 no such item, or hidden from them · RS104 no such location, or the item is not kept there
create or replace function apartado._visible_stock(p_item bigint, p_location text, p_viewer_id bigint)
  returns apartado.stock
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock apartado.stock;
begin
  select s.*
    into v_stock
    from apartado.stock s
    join apartado.locations l on l.location_id = s.location_id
   where s.item_id = p_item
     and l.code = coalesce(p_location, 'main');

  if p_item is not null then
    perform apartado._check_visible(p_item, p_viewer_id);
  end if;
  if v_stock.stock_id is null then
    perform apartado._refuse_missing_stock(p_item, p_location, true);
  end if;
  return v_stock;
end;
$$;

comment on function apartado._visible_stock(bigint, text, bigint) is 'The stock row of an item, for somebody to whom it may be shown.';
