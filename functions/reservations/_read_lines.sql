-- _read_lines: the lines of reserve_many, read.
--
-- Gives   line 1, 2, 3 … with item, quantity (1), location (main) and how long it is wanted (null: as long as may be)
-- Raises  RS205 no list, an empty one, an element that is no object, a field that there is not, or one of another type
--         RS204 more than 100 lines, or an item's number that none has · RS202 quantity · RS203 a time that cannot be
-- Notes   p_of_order: those of place_order, where each is sold at once, and a time is a field that there is not
create or replace function apartado._read_lines(p_lines jsonb, p_of_order boolean default false)
  returns table (
    line     integer,
    item_id  bigint,
    quantity integer,
    location text,
    ttl      interval
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_known   text := case when p_of_order then 'item, quantity' else 'item, quantity, location, ttl' end;
  v_line    jsonb;
  v_key     text;
  v_item    numeric;
  v_is_time boolean;
begin
  if p_lines is null or jsonb_typeof(p_lines) <> 'array' or jsonb_array_length(p_lines) = 0 then
    perform apartado._refuse('RS205', 'lines', jsonb_build_object('expected', format('list of {%s}', v_known)));
  elsif jsonb_array_length(p_lines) > 100 then
    perform apartado._refuse('RS204', 'lines', jsonb_build_object('lines', jsonb_array_length(p_lines), 'most', 100));
  end if;

  for v_line, line in
    select e.element, e.number from jsonb_array_elements(p_lines) with ordinality e (element, number)
  loop
    if jsonb_typeof(v_line) <> 'object' then
      perform apartado._refuse('RS205', 'lines', jsonb_build_object('line', line, 'expected', format('{%s}', v_known)));
    end if;
    v_key := (
      select min(k.key)
        from jsonb_each(v_line) k
       where k.key not in ('item', 'quantity', 'location', 'ttl')
          or p_of_order and k.key = 'ttl' and k.value <> 'null');
    if v_key is not null then
      perform apartado._refuse('RS205/unknown', 'lines', jsonb_build_object('line', line, 'field', left(v_key, 100), 'known', v_known));
    elsif jsonb_typeof(v_line -> 'item') is distinct from 'number' then
      perform apartado._refuse('RS205', 'lines', jsonb_build_object('line', line, 'field', 'item', 'expected', 'whole number'));
    end if;

    v_item := (v_line ->> 'item')::numeric;
    if v_item not between -9223372036854775808 and 9223372036854775807 then
      perform apartado._refuse('RS204', 'lines', jsonb_build_object('line', line, 'field', 'item', 'largest', 9223372036854775807));
    elsif v_item <> trunc(v_item) then
      perform apartado._refuse('RS205', 'lines', jsonb_build_object('line', line, 'field', 'item', 'expected', 'whole number'));
    end if;
    item_id := v_item;

    quantity := 1;
    if v_line ? 'quantity' then
      if jsonb_typeof(v_line -> 'quantity') <> 'number'
         or (v_line ->> 'quantity')::numeric not between 1 and 2147483647
         or (v_line ->> 'quantity')::numeric <> trunc((v_line ->> 'quantity')::numeric) then
        perform apartado._refuse('RS202', 'lines', jsonb_build_object(
          'line', line, 'quantity', left(v_line ->> 'quantity', 50), 'smallest', 1, 'largest', 2147483647));
      end if;
      quantity := (v_line ->> 'quantity')::numeric;
    end if;

    if jsonb_typeof(v_line -> 'location') not in ('string', 'null') then
      perform apartado._refuse('RS205', 'lines', jsonb_build_object('line', line, 'field', 'location', 'expected', 'text'));
    end if;
    location := coalesce(v_line ->> 'location', 'main');

    ttl := null;
    if jsonb_typeof(v_line -> 'ttl') <> 'null' then
      ttl := apartado._read_ttl(v_line -> 'ttl');
      if ttl is null or ttl <= interval '0' or ttl > apartado._longest_hold() then
        v_is_time := jsonb_typeof(v_line -> 'ttl') = 'number' or ttl is not null;
        perform apartado._refuse(
          case when v_is_time then 'RS203' else 'RS205' end, 'lines',
          jsonb_build_object('line', line, 'field', 'ttl', 'ttl', left(v_line ->> 'ttl', 50))
          || case when v_is_time then jsonb_build_object('longest', apartado._iso_8601(apartado._longest_hold()))
                  else '{"expected": "seconds, or ISO 8601 without years and months", "example": "PT60S"}' end);
      end if;
    end if;
    return next;
  end loop;
end;
$$;

comment on function apartado._read_lines(jsonb, boolean) is 'The lines of reserve_many, read.';
