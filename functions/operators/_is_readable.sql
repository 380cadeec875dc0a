-- _is_readable: whether a JSON value can be read as a parameter of this type.
--
-- Gives   true or false; null is a value of every type
create or replace function apartado._is_readable(p_value jsonb, p_type text)
  returns boolean
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_value = 'null' or p_type = 'jsonb' then
    return true;
  elsif p_type like '%[]' then
    return jsonb_typeof(p_value) = 'array'
           and (select coalesce(bool_and(apartado._is_readable(e.element, left(p_type, -2))), true) from jsonb_path_query(p_value, '$[*]') e (element));
  elsif jsonb_typeof(p_value) in ('array', 'object') then
    return false;
  elsif p_type = 'interval' then
    return apartado._read_ttl(p_value) is not null;
  end if;

  execute format('select ($1 #>> ''{}'')::%s', p_type) using p_value;
  return true;
exception
  when data_exception then
    return false;
end;
$$;

comment on function apartado._is_readable(jsonb, text) is 'Whether a JSON value can be read as a parameter of this type.';
