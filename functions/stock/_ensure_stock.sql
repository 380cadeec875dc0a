-- _ensure_stock: makes the empty stock row of an item at a location where there is none yet.
--
-- Raises  RS205 no item was named · RS101 no such item · RS104 no such location
-- Locks   where it makes one, a gate of the rules, then all stock rows of the item by id, and bumps them: whoever changes the rules of the item does
--         so too, and comes either before, and is seen, or after, and sees the new row
-- Notes   two at once make one
create or replace function apartado._ensure_stock(p_item bigint, p_location text)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_location_id bigint;
begin
  if p_item is null then
    perform apartado._refuse('RS205', 'item');
  elsif not exists (select from apartado.items i where i.item_id = p_item) then
    perform apartado._refuse('RS101', 'item', jsonb_build_object('item', p_item));
  end if;

  v_location_id := apartado._location_id(p_location);
  if exists (select from apartado.stock s where s.item_id = p_item and s.location_id = v_location_id) then
    return;
  end if;

  perform apartado._pass_gate();
  perform s.stock_id
     from apartado.stock s
    where s.item_id = p_item
    order by s.stock_id
      for no key update;
  update apartado.stock s
     set version = s.version + 1
   where s.item_id = p_item;

  insert into apartado.stock (item_id, location_id, total, available)
  values (p_item, v_location_id, 0, 0)
  on conflict on constraint stock_is_one_row_per_item_and_location do nothing;
end;
$$;

comment on function apartado._ensure_stock(bigint, text) is 'Makes the empty stock row of an item at a location where there is none yet.';
