-- _media_target: where media hang: at an item, a member, a location or a page, of which one is named.
--
-- Gives   a link with nothing but that
-- Raises  RS205 not exactly one is named · RS101 no such item · RS103 no such member · RS104 no such location · RS312 no such page
-- Notes   to a viewer who does not see all, what is hidden is not there, and of members there are only they themselves
create or replace function apartado._media_target(
  p_item      bigint,
  p_alias     text,
  p_location  text,
  p_page      text,
  p_viewer_id bigint default null,
  p_sees_all  boolean default true
)
  returns apartado.media_links
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_target apartado.media_links;
begin
  if num_nonnulls(p_item, p_alias, p_location, p_page) <> 1 then
    perform apartado._refuse('RS205', 'item', '{"expected": "one of item, alias, location and page"}');
  elsif p_location is not null then
    v_target.location_id := apartado._location_id(p_location);
    return v_target;
  end if;

  v_target.item_id := (
    select i.item_id
      from apartado.items i
     where i.item_id = p_item and (p_sees_all or apartado._visible_to(i.item_id, p_viewer_id)));
  v_target.member_id := (
    select m.member_id
      from apartado.members m
     where m.alias = apartado._canonical_alias(p_alias) and m.anonymised_at is null and (p_sees_all or m.member_id = p_viewer_id));
  v_target.page_id := (select p.page_id from apartado.pages p where p.slug = p_page and (p_sees_all or p.visible));
  if v_target is null then
    perform apartado._refuse(
      case when p_item is not null then 'RS101' when p_alias is not null then 'RS103' else 'RS312/missing' end,
      case when p_item is not null then 'item' when p_alias is not null then 'alias' else 'page' end,
      jsonb_strip_nulls(jsonb_build_object('item', p_item, 'alias', left(p_alias, 100), 'page', left(p_page, 200))));
  end if;
  return v_target;
end;
$$;

comment on function apartado._media_target(bigint, text, text, text, bigint, boolean) is 'Where media hang: at an item, a member, a location or a page, of which one is named.';
