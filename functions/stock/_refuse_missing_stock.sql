-- _refuse_missing_stock: says why there is no stock of this item at this location.
--
-- Raises  RS205 no item was named · RS101 no such item · RS104 no such location, or the item is not kept there
create or replace function apartado._refuse_missing_stock(p_item bigint, p_location text)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_item is null then
    perform apartado._refuse('RS205', 'item');
  elsif not exists (select from apartado.items i where i.item_id = p_item and i.visible) then
    -- also for a hidden item: who may not see it must not learn where it is kept
    perform apartado._refuse('RS101', 'item', jsonb_build_object('item', p_item));
  end if;

  perform apartado._refuse('RS104', 'location', jsonb_build_object('item', p_item, 'location', coalesce(p_location, 'main')));
end;
$$;

comment on function apartado._refuse_missing_stock(bigint, text) is 'Says why there is no stock of this item at this location.';
