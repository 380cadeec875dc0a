-- _check_items: whether a list of items can be read at all.
--
-- Raises  RS205 no list, an element that is no object, or more than 1,000
create or replace function apartado._check_items(p_items jsonb)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_number bigint;
begin
  if p_items is null or jsonb_typeof(p_items) <> 'array' then
    perform apartado._refuse('RS205', 'items', '{"expected": "list of objects"}');
  elsif jsonb_array_length(p_items) > 1000 then
    perform apartado._refuse('RS205', 'items', jsonb_build_object('items', jsonb_array_length(p_items), 'most', 1000));
  end if;

  select min(e.number)
    into v_number
    from jsonb_array_elements(p_items) with ordinality as e (item, number)
   where jsonb_typeof(e.item) <> 'object';
  if v_number is not null then
    perform apartado._refuse('RS205', 'items', jsonb_build_object('expected', 'list of objects', 'number', v_number));
  end if;
end;
$$;

comment on function apartado._check_items(jsonb) is 'Whether a list of items can be read at all.';
