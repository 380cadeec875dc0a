-- _write_lists: puts artists, labels, tracks, videos and images of items in place of those they had.
--
-- Notes   p_items: objects with item_id and the lists to write; a list that is not named is left alone.
--         All lists go in with one statement, so that the items' search words are made once
create or replace function apartado._write_lists(p_items jsonb)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from apartado.item_artists a using jsonb_array_elements(p_items) i where i ? 'artists' and a.item_id = (i ->> 'item_id')::bigint;
  delete from apartado.item_labels l using jsonb_array_elements(p_items) i where i ? 'labels' and l.item_id = (i ->> 'item_id')::bigint;
  delete from apartado.item_tracks t using jsonb_array_elements(p_items) i where i ? 'tracklist' and t.item_id = (i ->> 'item_id')::bigint;
  delete from apartado.item_videos v using jsonb_array_elements(p_items) i where i ? 'videos' and v.item_id = (i ->> 'item_id')::bigint;
  delete from apartado.item_images p using jsonb_array_elements(p_items) i where i ? 'images' and p.item_id = (i ->> 'item_id')::bigint;

  with element as (
    select (i ->> 'item_id')::bigint as item_id, l.list, e.ordinal::integer, e.element
      from jsonb_array_elements(p_items) i
     cross join (select distinct f.list from apartado._list_fields() f) l
     cross join lateral jsonb_array_elements(i -> l.list) with ordinality as e (element, ordinal)
  ), artists as (
    insert into apartado.item_artists (item_id, ordinal, name)
    select e.item_id, e.ordinal, e.element ->> 'name' from element e where e.list = 'artists'
  ), labels as (
    insert into apartado.item_labels (item_id, ordinal, name, catno)
    select e.item_id, e.ordinal, e.element ->> 'name', e.element ->> 'catno' from element e where e.list = 'labels'
  ), tracks as (
    insert into apartado.item_tracks (item_id, ordinal, position, title, duration)
    select e.item_id, e.ordinal, e.element ->> 'position', e.element ->> 'title', e.element ->> 'duration' from element e where e.list = 'tracklist'
  ), videos as (
    insert into apartado.item_videos (item_id, ordinal, url, title)
    select e.item_id, e.ordinal, e.element ->> 'url', e.element ->> 'title' from element e where e.list = 'videos'
  )
  insert into apartado.item_images (item_id, ordinal, url, role)
  select e.item_id, e.ordinal, e.element ->> 'url', e.element ->> 'role' from element e where e.list = 'images';
end;
$$;

comment on function apartado._write_lists(jsonb) is 'Puts artists, labels, tracks, videos and images of items in place of those they had.';
