-- _item_cursor: where a page of find_items ended, for p_after of the next.
--
-- Gives   sort, key, item and location as base64url of a JSON list; nobody but _read_item_cursor looks inside
create or replace function apartado._item_cursor(p_sort text, p_key text, p_item_id bigint, p_location_id bigint)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select translate(
           encode(convert_to(jsonb_build_array(p_sort, p_key, p_item_id, p_location_id)::text, 'UTF8'), 'base64'),
           E'+/=\n', '-_');
$$;

comment on function apartado._item_cursor(text, text, bigint, bigint) is 'Where a page of find_items ended, for p_after of the next.';
