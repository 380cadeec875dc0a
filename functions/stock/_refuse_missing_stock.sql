-- _refuse_missing_stock: says why there is no stock of this item at this location.
--
-- Raises  what _missing_stock says: RS205, RS101 or RS104
-- Notes   p_column: the parameter that named the location
create or replace function apartado._refuse_missing_stock(p_item bigint, p_location text, p_sees_hidden boolean, p_column text default 'location')
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._refuse(m.code, case m.parameter when 'location' then p_column else m.parameter end, m.facts)
     from apartado._missing_stock(p_item, p_location, p_sees_hidden) m;
end;
$$;

comment on function apartado._refuse_missing_stock(bigint, text, boolean, text) is 'Says why there is no stock of this item at this location.';
