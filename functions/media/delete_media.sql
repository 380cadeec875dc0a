-- delete_media: forget a medium, wherever it hangs.
--
-- Gives   the medium as it was; unlinked: from how many places it was taken
-- Raises  RS205 a reason that is blank or of more than 500 characters · RS312 there is no such medium
-- Locks   its row, then its links
-- Tells   media.deleted and media.unlinked with the reason, to operators, through triggers/media.sql and triggers/media_links.sql
-- Notes   only the reference goes: what it refers to is the DAM's
create or replace function apartado.delete_media(
  p_actor           text,
  p_media           bigint,
  p_idempotency_key text default null,
  p_reason          text default null,
  out media_id      bigint,
  out asset_id      text,
  out url           text,
  out unlinked      integer
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_media, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'delete_media', v_request);
  v_medium  apartado.media;
  v_links   integer;
begin
  if v_answer is null then
    -- the row first, so that nobody can link it meanwhile
    select m.* into v_medium from apartado.media m where m.media_id = p_media for update of m;
    if v_medium.media_id is null then
      perform apartado._refuse('RS312/missing', 'media', jsonb_build_object('media', p_media));
    end if;
    perform apartado._say_why(p_reason);
    delete from apartado.media_links l where l.media_id = p_media;
    get diagnostics v_links = row_count;
    delete from apartado.media m where m.media_id = p_media;
    perform apartado._say_why(null);
    v_answer := jsonb_build_object(
      'media_id', v_medium.media_id, 'asset_id', v_medium.asset_id, 'url', v_medium.url, 'unlinked', v_links);
    perform apartado._remember(v_owner, p_idempotency_key, 'delete_media', v_request, v_answer);
  end if;

  select * into media_id, asset_id, url, unlinked
    from jsonb_to_record(v_answer) as (media_id bigint, asset_id text, url text, unlinked integer);
end;
$$;

comment on function apartado.delete_media(text, bigint, text, text) is 'Forget a medium, wherever it hangs. Example: select * from apartado.delete_media(null, 1)';

grant execute on function apartado.delete_media to apartado_api, apartado_operator;
