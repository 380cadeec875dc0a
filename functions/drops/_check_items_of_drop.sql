-- _check_items_of_drop: whether a list can be the items of a drop.
--
-- Gives   the list, each item once
-- Raises  RS205 no list, or null in it · RS204 more than 10,000 · RS101 no such item
create or replace function apartado._check_items_of_drop(p_items bigint[])
  returns bigint[]
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_unknown bigint;
begin
  if p_items is null or exists (select from unnest(p_items) u (item_id) where u.item_id is null) then
    perform apartado._refuse('RS205', 'items');
  elsif cardinality(p_items) > 10000 then
    perform apartado._refuse('RS204', 'items', jsonb_build_object('most', 10000));
  end if;
  select u.item_id
    into v_unknown
    from (select unnest(p_items) except select i.item_id from apartado.items i where i.item_id = any (p_items)) u (item_id)
   limit 1;
  if found then
    perform apartado._refuse('RS101', 'items', jsonb_build_object('item', v_unknown));
  end if;

  return array(select distinct u.item_id from unnest(p_items) u (item_id) order by u.item_id);
end;
$$;

comment on function apartado._check_items_of_drop(bigint[]) is 'Whether a list can be the items of a drop.';
