-- _describe: an item in one line, as people call it.
--
-- Gives   artists – title (catalogue numbers); what is not known is left out
create or replace function apartado._describe(p_item bigint)
  returns text
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select concat_ws(' – ', a.names, i.title) || coalesce(' (' || c.numbers || ')', '')
      from apartado.items i
     cross join lateral (select string_agg(x.name, ', ' order by x.ordinal) from apartado.item_artists x where x.item_id = i.item_id) a (names)
     cross join lateral (select string_agg(x.catno, ', ' order by x.ordinal) from apartado.item_labels x where x.item_id = i.item_id) c (numbers)
     where i.item_id = p_item
  );
end;
$$;

comment on function apartado._describe(bigint) is 'An item in one line, as people call it.';
