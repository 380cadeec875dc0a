-- _write_media: makes a medium, or makes one what it is to be.
--
-- Gives   the answer of put_media
-- Raises  RS205 it would be nowhere, or without a type · RS312 another has this asset id
--         40001 somebody else made it meanwhile: the retry finds it
-- Notes   the caller holds the row of p_old, where there is one. What is as it should be is not written
create or replace function apartado._write_media(p_old apartado.media, p_new apartado.media)
  returns jsonb
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now      timestamptz := apartado.clock();
  v_media_id bigint := p_old.media_id;
  v_other_id bigint := (select m.media_id from apartado.media m where m.asset_id = p_new.asset_id and m.media_id is distinct from v_media_id);
begin
  if num_nonnulls(p_new.asset_id, p_new.url) = 0 then
    perform apartado._refuse('RS205', 'url', '{"expected": "an asset id or an address"}');
  elsif p_new.type is null then
    perform apartado._refuse('RS205', 'type', '{"example": "image, image/jpeg"}');
  elsif v_other_id is not null then
    perform apartado._refuse('RS312/taken', 'asset_id', jsonb_build_object('asset_id', p_new.asset_id, 'media', v_other_id));
  end if;

  begin
    if v_media_id is null then
      insert into apartado.media as m (asset_id, url, type, description, uploaded_by, created_at, changed_at)
      values (p_new.asset_id, p_new.url, p_new.type, p_new.description, p_new.uploaded_by, v_now, v_now)
      returning m.media_id into v_media_id;
    elsif p_new is distinct from p_old then
      update apartado.media m
         set asset_id = p_new.asset_id, url = p_new.url, type = p_new.type, description = p_new.description,
             uploaded_by = p_new.uploaded_by, changed_at = v_now
       where m.media_id = v_media_id;
    end if;
  exception
    when unique_violation then
      raise exception using errcode = '40001', message = 'the asset id was given a moment ago';
  end;

  return (select to_jsonb(m) - 'uploaded_by'
                 || jsonb_build_object('uploader', (select u.alias from apartado.members u where u.member_id = m.uploaded_by))
            from apartado.media m
           where m.media_id = v_media_id);
end;
$$;

comment on function apartado._write_media(apartado.media, apartado.media) is 'Makes a medium, or makes one what it is to be.';
