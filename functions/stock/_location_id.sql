-- _location_id: which location is meant; null is main.
--
-- Raises  RS104 no such location
-- Notes   p_column: the parameter that named it
create or replace function apartado._location_id(p_location text, p_column text default 'location')
  returns bigint
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_location_id bigint;
begin
  select l.location_id
    into v_location_id
    from apartado.locations l
   where l.code = coalesce(p_location, 'main');

  if v_location_id is null then
    perform apartado._refuse('RS104/unknown', p_column, jsonb_build_object('location', p_location));
  end if;

  return v_location_id;
end;
$$;

comment on function apartado._location_id(text, text) is 'Which location is meant; null is main.';
