-- _differences: which stock rows would have other numbers.
--
-- Gives   an array of objects: item_id, location, before and after
-- Notes   p_after: the numbers by the id of the stock row, as _told_here gives them; before is what the rows say now
create or replace function apartado._differences(p_after jsonb)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('item_id', s.item_id, 'location', l.code,
                                                 'before', apartado._numbers_of(s), 'after', a.value) order by s.stock_id), '[]')
      from jsonb_each(coalesce(p_after, '{}')) a
      join apartado.stock s on s.stock_id = a.key::bigint
      join apartado.locations l on l.location_id = s.location_id
     where apartado._numbers_of(s) <> a.value
  );
end;
$$;

comment on function apartado._differences(jsonb) is 'Which stock rows would have other numbers.';
