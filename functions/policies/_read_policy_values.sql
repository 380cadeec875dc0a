-- _read_policy_values: the values that an operator wants a policy to say, in the form of its columns.
--
-- Gives   an object to populate a row of policies with; lengths of time in seconds, null where a value is taken back.
--         Null for null
-- Raises  RS203 a length of time that cannot be · RS204 a number out of range
--         RS205 no object, an unknown name, a value of another kind, or taken back from 'default', which says everything
create or replace function apartado._read_policy_values(p_values jsonb, p_is_default boolean)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_read    jsonb := '{}';
  v_value   record;
  v_kind    text;
  v_number  numeric;
  v_facts   jsonb;
begin
  if p_values is null then
    return null;
  elsif jsonb_typeof(p_values) <> 'object' then
    perform apartado._refuse('RS205', 'values', '{"expected": "object"}');
  end if;

  for v_value in
    select e.key, e.value, f.*
      from jsonb_each(p_values) e
      left join apartado._policy_fields() f on f.name = e.key
     order by f.place nulls first, e.key
  loop
    v_kind := jsonb_typeof(v_value.value);
    v_facts := jsonb_build_object('name', left(v_value.key, 100), 'value', left(v_value.value #>> '{}', 100));
    if v_value.name is null then
      perform apartado._refuse('RS205/unknown', 'values', v_facts || jsonb_build_object(
        'known', (select string_agg(f.name, ', ' order by f.place) from apartado._policy_fields() f)));
    elsif v_kind = 'null' and not (p_is_default and v_value.needed) then
      v_read := v_read || jsonb_build_object(v_value.key, null);
    elsif v_value.kind = 'duration' and v_kind <> 'null' then
      v_number := apartado._read_duration(v_value.value);
      if v_number is null then
        perform apartado._refuse('RS203', 'values', v_facts || '{"expected": "seconds, or ISO 8601", "example": "P7D"}');
      elsif v_number not between v_value.smallest and v_value.largest then
        perform apartado._refuse('RS203', 'values', v_facts || jsonb_build_object(
          'smallest_seconds', v_value.smallest, 'largest_seconds', v_value.largest));
      end if;
      v_read := v_read || jsonb_build_object(v_value.key, v_number || ' seconds');
    elsif v_value.kind = 'integer' and v_kind = 'number' then
      v_number := (v_value.value #>> '{}')::numeric;
      if v_number not between v_value.smallest and v_value.largest or v_number <> trunc(v_number) then
        perform apartado._refuse('RS204', 'values', v_facts || jsonb_build_object(
          'smallest', v_value.smallest, 'largest', v_value.largest));
      end if;
      v_read := v_read || jsonb_build_object(v_value.key, trunc(v_number));
    elsif v_value.kind = 'boolean' and v_kind = 'boolean'
          or v_value.kind = 'word' and v_kind = 'string' and v_value.value #>> '{}' = any (v_value.words) then
      v_read := v_read || jsonb_build_object(v_value.key, v_value.value);
    else
      perform apartado._refuse('RS205', 'values', v_facts || jsonb_build_object(
        'expected', coalesce(array_to_string(v_value.words, ', '), v_value.kind)));
    end if;
  end loop;

  return v_read;
end;
$$;

comment on function apartado._read_policy_values(jsonb, boolean) is 'The values that an operator wants a policy to say, in the form of its columns.';
