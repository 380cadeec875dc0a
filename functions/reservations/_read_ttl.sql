-- _read_ttl: a length of time in a JSON request.
--
-- Gives   the interval, in seconds: of a number of seconds, or of an ISO 8601 duration without years and months (PT15M, P7D);
--         null where it is none, or longer than an interval can be
create or replace function apartado._read_ttl(p_value jsonb)
  returns interval
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_text    text := p_value #>> '{}';
  v_parts   text[];
  v_seconds numeric;
begin
  if jsonb_typeof(p_value) = 'number' or v_text ~ '^-?[0-9]{1,15}([.][0-9]{1,9})?$' then
    v_seconds := v_text::numeric;
  elsif jsonb_typeof(p_value) = 'string' and v_text ~ '^P.*[0-9][A-Z]$' then
    v_parts := regexp_match(
      v_text, '^P(?:([0-9]{1,15})W)?(?:([0-9]{1,15})D)?(?:T(?:([0-9]{1,15})H)?(?:([0-9]{1,15})M)?(?:([0-9]{1,15}(?:[.][0-9]{1,9})?)S)?)?$');
    if v_parts is not null then
      v_seconds := coalesce(v_parts[1]::numeric, 0) * 604800 + coalesce(v_parts[2]::numeric, 0) * 86400
                   + coalesce(v_parts[3]::numeric, 0) * 3600 + coalesce(v_parts[4]::numeric, 0) * 60 + coalesce(v_parts[5]::numeric, 0);
    end if;
  end if;

  return case when abs(v_seconds) < 9000000000000 then make_interval(secs => v_seconds::double precision) end;
end;
$$;

comment on function apartado._read_ttl(jsonb) is 'A length of time in a JSON request.';
