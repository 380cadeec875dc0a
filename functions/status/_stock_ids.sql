-- _stock_ids: which stock rows a list is about.
--
-- Gives   ids; null items are all items, a null location is every location
-- Raises  RS104 no such location
create or replace function apartado._stock_ids(p_items bigint[], p_location text)
  returns bigint[]
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_location_id bigint := case when p_location is not null then apartado._location_id(p_location) end;
begin
  if p_items is null then
    return array(
      select s.stock_id
        from apartado.stock s
       where v_location_id is null or s.location_id = v_location_id
       order by s.item_id, s.location_id);
  end if;

  return array(
    select s.stock_id
      from apartado.stock s
     where s.item_id = any (p_items)
       and (v_location_id is null or s.location_id = v_location_id)
     order by s.item_id, s.location_id);
end;
$$;

comment on function apartado._stock_ids(bigint[], text) is 'Which stock rows a list is about.';
