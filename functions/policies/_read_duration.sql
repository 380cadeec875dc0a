-- _read_duration: a length of time as JSON brings it: seconds, or ISO 8601 or the text of an interval.
--
-- Gives   seconds; null where it is none. A day is 24 hours and a month 30 days, whatever the clocks do
create or replace function apartado._read_duration(p_value jsonb)
  returns numeric
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(p_value) = 'number' then
    return round((p_value #>> '{}')::numeric, 6);
  elsif jsonb_typeof(p_value) = 'string' then
    return extract(epoch from (p_value #>> '{}')::interval);
  end if;
  return null;
exception
  when invalid_datetime_format or datetime_field_overflow or interval_field_overflow or numeric_value_out_of_range then
    return null;
end;
$$;

comment on function apartado._read_duration(jsonb) is 'A length of time as JSON brings it: seconds, or ISO 8601 or the text of an interval.';
