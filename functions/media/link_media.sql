-- link_media: hang a medium at an item, a member, a location or a page, in a role; or give it another place there.
--
-- Gives   the link as it then is
-- Raises  RS312 no such medium, no such page · RS101 no such item · RS103 no such member · RS104 no such location
--         RS204 100 hang there, or a place outside 1 … 1,000 · RS205 not exactly one thing is named, a role that is none, or a
--         reason that is blank or of more than 500 characters
-- Locks   the item, member, location or page, then the medium
-- Tells   media.linked, to operators with the reason, and to the member at whom it hangs, through triggers/media_links.sql
-- Notes   one thing must be named: p_item, p_alias (a member), p_location or p_page (a slug). p_role: cover, gallery, portrait … The
--         lowest p_place comes first, of the same place who was linked first; null: after all others, or where it is
create or replace function apartado.link_media(
  p_actor           text,
  p_media           bigint,
  p_role            text,
  p_item            bigint default null,
  p_alias           text default null,
  p_location        text default null,
  p_page            text default null,
  p_place           integer default null,
  p_idempotency_key text default null,
  p_reason          text default null,
  out media_id      bigint,
  out role          text,
  out place         integer
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor, p_alias);
  v_request jsonb := jsonb_build_array(p_media, p_role, p_item, p_alias, p_location, p_page, p_place, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'link_media', v_request);
  v_target  apartado.media_links;
  v_there   record;
begin
  if v_answer is null then
    if p_role is null or p_role !~ '^[a-z0-9][a-z0-9_-]{0,49}$' then
      perform apartado._refuse('RS205', 'role', '{"example": "cover", "longest": 50}');
    elsif p_place not between 1 and 1000 then
      perform apartado._refuse('RS204', 'place', '{"smallest": 1, "largest": 1000}');
    end if;
    v_target := apartado._media_target(p_item, p_alias, p_location, p_page);
    perform apartado._lock_media_target(v_target);
    perform from apartado.media m where m.media_id = p_media for key share;
    if not found then
      perform apartado._refuse('RS312/missing', 'media', jsonb_build_object('media', p_media));
    end if;

    select count(*) as links, coalesce(max(l.place), 0) as last, min(l.place) filter (where l.media_id = p_media and l.role = p_role) as own
      into v_there
      from apartado._media_at(v_target) l;
    if v_there.own is null and v_there.links >= 100 then
      perform apartado._refuse('RS204', 'media', '{"largest": 100}');
    end if;
    perform apartado._say_why(p_reason);
    insert into apartado.media_links as l (media_id, role, place, item_id, member_id, location_id, page_id)
    values (p_media, p_role, coalesce(p_place, v_there.own, least(v_there.last + 1, 1000)),
            v_target.item_id, v_target.member_id, v_target.location_id, v_target.page_id)
    on conflict on constraint media_link_is_made_once do update
       set place = excluded.place
    returning jsonb_build_object('media_id', l.media_id, 'role', l.role, 'place', l.place) into v_answer;
    perform apartado._say_why(null);
    perform apartado._remember(v_owner, p_idempotency_key, 'link_media', v_request, v_answer);
  end if;

  select * into media_id, role, place
    from jsonb_to_record(v_answer) as (media_id bigint, role text, place integer);
end;
$$;

comment on function apartado.link_media(text, bigint, text, bigint, text, text, text, integer, text, text) is 'Hang a medium at an item, a member, a location or a page, in a role; or give it another place there. Example: select * from apartado.link_media(null, 1, ''cover'', p_item => 1)';

grant execute on function apartado.link_media to apartado_api, apartado_operator;
