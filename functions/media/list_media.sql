-- list_media: the media of an item, a member, a location or a page, in their order.
--
-- Gives   media_id, role, place, asset_id, url, type, description; uploader: to operators only
-- Raises  RS101 no such item, or hidden from the caller · RS103 no such member, or another than the caller · RS104 no such location
--         RS312 no such page, or it is hidden · RS205 not exactly one thing is named
-- Notes   one thing must be named: p_item, p_alias (a member), p_location or p_page (a slug). What hangs at a member is seen by them and
--         by operators
create or replace function apartado.list_media(
  p_member   text,
  p_item     bigint default null,
  p_alias    text default null,
  p_location text default null,
  p_page     text default null
)
  returns table (
    media_id    bigint,
    role        text,
    place       integer,
    asset_id    text,
    url         text,
    type        text,
    description text,
    uploader    text
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_viewer_id bigint := apartado._viewer_id(p_member);
  v_sees_all  boolean := apartado._is_operator(v_viewer_id);
begin
  return query
  select m.media_id, l.role, l.place, m.asset_id, m.url, m.type, m.description, case when v_sees_all then u.alias end
    from apartado._media_at(apartado._media_target(p_item, p_alias, p_location, p_page, v_viewer_id, v_sees_all)) l
    join apartado.media m on m.media_id = l.media_id
    left join apartado.members u on u.member_id = m.uploaded_by
   order by l.place, l.media_link_id;
end;
$$;

comment on function apartado.list_media(text, bigint, text, text, text) is 'The media of an item, a member, a location or a page, in their order. Example: select * from apartado.list_media(null, 1)';

grant execute on function apartado.list_media to apartado_api, apartado_operator;
