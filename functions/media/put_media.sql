-- put_media: refer to a picture, a video, a sound or a document that is kept elsewhere, or change what is known of one.
--
-- Gives   the reference as it then is; uploader: an alias, null: nobody here. What is null stays as it was, an empty text empties
-- Raises  RS312 there is no p_media, or another has this asset id · RS205 neither an asset id nor an address, an address that is none of
--         the web, no type, something too long, or a blank reason · RS103 no such uploader
-- Locks   its row
-- Tells   media.created and media.changed with the reason, to operators, through triggers/media.sql
-- Notes   it is known by p_media, its number, or else by its asset id: the same asset id is the same medium. With neither a new one is made
--         each time. p_type: image, video …, or a media type as image/jpeg. Who makes it is its uploader, unless another is named.
--         Nothing is fetched: whether there is something at the address is not looked at
create or replace function apartado.put_media(
  p_actor           text,
  p_asset_id        text default null,
  p_url             text default null,
  p_type            text default null,
  p_description     text default null,
  p_uploader        text default null,
  p_media           bigint default null,
  p_idempotency_key text default null,
  p_reason          text default null,
  out media_id      bigint,
  out asset_id      text,
  out url           text,
  out type          text,
  out description   text,
  out uploader      text,
  out created_at    timestamptz,
  out changed_at    timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_asset_id, p_url, p_type, p_description, p_uploader, p_media, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'put_media', v_request);
  v_old     apartado.media;
  v_new     apartado.media;
begin
  if v_answer is null then
    perform apartado._check_media(p_asset_id, p_url, p_type, p_description);
    select m.*
      into v_old
      from apartado.media m
     where m.media_id = p_media or p_media is null and m.asset_id = btrim(p_asset_id)
       for no key update;
    if p_media is not null and v_old.media_id is null then
      perform apartado._refuse('RS312/missing', 'media', jsonb_build_object('media', p_media));
    end if;

    v_new := v_old;
    v_new.asset_id := nullif(btrim(coalesce(p_asset_id, v_old.asset_id)), '');
    v_new.url := nullif(coalesce(p_url, v_old.url), '');
    v_new.type := coalesce(p_type, v_old.type);
    v_new.description := nullif(btrim(coalesce(p_description, v_old.description)), '');
    v_new.uploaded_by := apartado._uploader_id(p_actor, p_uploader, v_old);
    perform apartado._say_why(p_reason);
    v_answer := apartado._write_media(v_old, v_new);
    perform apartado._say_why(null);
    perform apartado._remember(v_owner, p_idempotency_key, 'put_media', v_request, v_answer);
  end if;

  select * into media_id, asset_id, url, type, description, uploader, created_at, changed_at
    from jsonb_to_record(v_answer) as (
      media_id bigint, asset_id text, url text, type text, description text, uploader text, created_at timestamptz, changed_at timestamptz);
end;
$$;

comment on function apartado.put_media(text, text, text, text, text, text, bigint, text, text) is 'Refer to a picture, a video, a sound or a document that is kept elsewhere, or change what is known of one. Example: select * from apartado.put_media(null, ''dam-1'', ''https://dam.example/blue.jpg'', ''image/jpeg'', ''The sleeve'')';

grant execute on function apartado.put_media to apartado_api, apartado_operator;
