-- _ensure_stock: has a stock row of an item at a location, an empty one where there was none.
--
-- Raises  RS205 no item was named, or policies meet there that cannot hold together · RS101 no such item · RS104 no such location
-- Locks   where it makes one, what _make_stock locks
-- Notes   p_column: the parameter that named the location
create or replace function apartado._ensure_stock(p_item bigint, p_location text, p_column text default 'location')
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_location_id bigint;
  v_facts       jsonb;
begin
  if p_item is null then
    perform apartado._refuse('RS205/missing', 'item');
  end if;
  perform apartado._check_item(p_item);

  v_location_id := apartado._location_id(p_location, p_column);
  if not apartado._make_stock(p_item, v_location_id) then
    return;
  end if;

  -- nobody changes policies while the gate is held
  v_facts := (
    select apartado._policy_clash(d.policy_id, i.policy_id, l.policy_id)
      from apartado.items i
      join apartado.locations l on l.location_id = v_location_id
      left join apartado.drops d on d.drop_id = i.drop_id
     where i.item_id = p_item);
  if v_facts is not null then
    perform apartado._refuse('RS205/conflict', p_column, v_facts);
  end if;
end;
$$;

comment on function apartado._ensure_stock(bigint, text, text) is 'Has a stock row of an item at a location, an empty one where there was none.';
