-- unlink_media: take a medium away from an item, a member, a location or a page.
--
-- Gives   unlinked: in how many roles it hung there; 0: it did not
-- Raises  RS312 no such medium, no such page · RS101 no such item · RS103 no such member · RS104 no such location
--         RS205 not exactly one thing is named, or a reason that is blank or of more than 500 characters
-- Locks   the item, member, location or page, then the medium and its links there
-- Tells   media.unlinked, to operators with the reason, and to the member at whom it hung, through triggers/media_links.sql
-- Notes   p_role null: in every role. The medium stays, and so do its other places
create or replace function apartado.unlink_media(
  p_actor           text,
  p_media           bigint,
  p_role            text default null,
  p_item            bigint default null,
  p_alias           text default null,
  p_location        text default null,
  p_page            text default null,
  p_idempotency_key text default null,
  p_reason          text default null,
  out media_id      bigint,
  out unlinked      integer
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor, p_alias);
  v_request jsonb := jsonb_build_array(p_media, p_role, p_item, p_alias, p_location, p_page, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'unlink_media', v_request);
  v_target  apartado.media_links;
begin
  if v_answer is null then
    v_target := apartado._media_target(p_item, p_alias, p_location, p_page);
    perform apartado._lock_media_target(v_target);
    perform from apartado.media m where m.media_id = p_media for key share;
    if not found then
      perform apartado._refuse('RS312/missing', 'media', jsonb_build_object('media', p_media));
    end if;
    perform apartado._say_why(p_reason);
    with gone as (
      delete from apartado.media_links l
       using apartado._media_at(v_target) t
       where l.media_link_id = t.media_link_id
         and l.media_id = p_media
         and (p_role is null or l.role = p_role)
      returning l.media_link_id
    )
    select jsonb_build_object('media_id', p_media, 'unlinked', count(*)) into v_answer from gone;
    perform apartado._say_why(null);
    perform apartado._remember(v_owner, p_idempotency_key, 'unlink_media', v_request, v_answer);
  end if;

  select * into media_id, unlinked
    from jsonb_to_record(v_answer) as (media_id bigint, unlinked integer);
end;
$$;

comment on function apartado.unlink_media(text, bigint, text, bigint, text, text, text, text, text) is 'Take a medium away from an item, a member, a location or a page. Example: select * from apartado.unlink_media(null, 1, p_item => 1)';

grant execute on function apartado.unlink_media to apartado_api, apartado_operator;
