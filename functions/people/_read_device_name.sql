-- _read_device_name: what somebody calls the device with which they sign in.
--
-- Gives   the name without blanks around it; null for none, or a blank one
-- Raises  RS205 longer than 100 characters, or with hidden ones
create or replace function apartado._read_device_name(p_device_name text)
  returns text
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_name text := btrim(normalize(p_device_name, nfc));
begin
  perform apartado._check_seen('device_name', v_name, 100);
  return nullif(v_name, '');
end;
$$;

comment on function apartado._read_device_name(text) is 'What somebody calls the device with which they sign in.';
