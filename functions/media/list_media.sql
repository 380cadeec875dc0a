-- list_media: the media of an item, a member, a location or a page, in their order; without one, all of them, for operators.
--
-- Gives   media_id, role, place, asset_id, url, type, description; uploader: to operators only.
--         Of all of them role and place are those in which each was linked first; null: it hangs nowhere
-- Raises  RS101 no such item, or hidden from the caller · RS103 no such member, or another than the caller · RS104 no such location
--         RS312 no such page, or it is hidden · RS205 not exactly one thing is named, but for operators none · RS204 p_limit outside 1 .. 1000
-- Notes   one thing is named: p_item, p_alias (a member), p_location or p_page (a slug). What hangs at a member is seen by them and
--         by operators. All of them come page by page, by their numbers: p_after is the media_id behind which to go on
create or replace function apartado.list_media(
  p_member   text,
  p_item     bigint default null,
  p_alias    text default null,
  p_location text default null,
  p_page     text default null,
  p_after    bigint default null,
  p_limit    integer default 1000
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
  perform apartado._check_limit(p_limit, 1000);
  if v_sees_all and num_nonnulls(p_item, p_alias, p_location, p_page) = 0 then
    return query
    select m.media_id, l.role, l.place, m.asset_id, m.url, m.type, m.description,
           (select u.alias from apartado.members u where u.member_id = m.uploaded_by)
      from (select x.* from apartado.media x where x.media_id > coalesce(p_after, 0) order by x.media_id limit p_limit) m
      left join lateral (
        -- offset 0: look up by media_id; with LIMIT the planner may walk all links in their order to find the first
        select x.role, x.place
          from (select y.* from apartado.media_links y where y.media_id = m.media_id offset 0) x
         order by x.media_link_id
         limit 1) l on true
     order by m.media_id;
    return;
  end if;

  return query
  select m.media_id, l.role, l.place, m.asset_id, m.url, m.type, m.description, case when v_sees_all then u.alias end
    from apartado._media_at(apartado._media_target(p_item, p_alias, p_location, p_page, v_viewer_id, v_sees_all)) l
    join apartado.media m on m.media_id = l.media_id
    left join apartado.members u on u.member_id = m.uploaded_by
   order by l.place, l.media_link_id;
end;
$$;

comment on function apartado.list_media(text, bigint, text, text, text, bigint, integer) is 'The media of an item, a member, a location or a page, in their order; without one, all of them, for operators. Example: select * from apartado.list_media(null, 1)';

grant execute on function apartado.list_media to apartado_api, apartado_operator;
