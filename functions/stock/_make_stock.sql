-- _make_stock: makes the empty stock row of an item at a location where there is none yet.
--
-- Gives   whether it made one
-- Locks   where it does, a gate of the rules, then all stock rows of the item by id, and bumps them: whoever changes the rules
--         of the item does so too, and comes either before, and is seen, or after, and sees the new row
-- Notes   two at once make one. The caller sees to it that the policies which then meet go together
create or replace function apartado._make_stock(p_item bigint, p_location_id bigint)
  returns boolean
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from apartado.stock s where s.item_id = p_item and s.location_id = p_location_id) then
    return false;
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
  values (p_item, p_location_id, 0, 0)
  on conflict on constraint stock_is_one_row_per_item_and_location do nothing;
  return found;
end;
$$;

comment on function apartado._make_stock(bigint, bigint) is 'Makes the empty stock row of an item at a location where there is none yet.';
