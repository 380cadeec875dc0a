-- Media: that a reference was made, changed or deleted is told to operators; not where it leads, which may name people.

create or replace function apartado.tg_media__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_medium apartado.media := case when tg_op = 'DELETE' then old else new end;
begin
  insert into apartado.events (kind, details, at)
  values ('media.' || case tg_op when 'INSERT' then 'created' when 'DELETE' then 'deleted' else 'changed' end,
          jsonb_strip_nulls(jsonb_build_object('media_id', v_medium.media_id, 'asset_id', v_medium.asset_id, 'type', v_medium.type,
                                               'reason', nullif(current_setting('apartado.reason', true), ''))),
          apartado.clock());
  return null;
end;
$$;

comment on function apartado.tg_media__record() is 'Tells media.created, media.changed and media.deleted.';

create or replace trigger _500_record_insert
  after insert on apartado.media
  for each row
  execute function apartado.tg_media__record();

create or replace trigger _510_record_update
  after update on apartado.media
  for each row
  when (old is distinct from new)
  execute function apartado.tg_media__record();

create or replace trigger _520_record_delete
  after delete on apartado.media
  for each row
  execute function apartado.tg_media__record();
