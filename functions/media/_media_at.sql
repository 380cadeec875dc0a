-- _media_at: what hangs at an item, a member, a location or a page.
--
-- Gives   the links
create or replace function apartado._media_at(p_target apartado.media_links)
  returns setof apartado.media_links
  language plpgsql
  stable
  rows 10
  set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select l.*
    from apartado.media_links l
   where l.item_id = p_target.item_id
      or l.member_id = p_target.member_id
      or l.location_id = p_target.location_id
      or l.page_id = p_target.page_id;
end;
$$;

comment on function apartado._media_at(apartado.media_links) is 'What hangs at an item, a member, a location or a page.';
