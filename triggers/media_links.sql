-- Links of media: where something hangs now, or hangs no more, is told to operators, and to the member at whom it hangs.

create or replace function apartado.tg_media_links__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_link apartado.media_links := case when tg_op = 'DELETE' then old else new end;
  v_data jsonb := jsonb_build_object('media_id', v_link.media_id, 'role', v_link.role, 'place', v_link.place);
begin
  insert into apartado.events (kind, member_id, data, details, at)
  values ('media.' || case tg_op when 'DELETE' then 'unlinked' else 'linked' end, v_link.member_id, v_data,
          jsonb_strip_nulls(jsonb_build_object(
            'item_id', v_link.item_id, 'page_id', v_link.page_id,
            'location', (select l.code from apartado.locations l where l.location_id = v_link.location_id),
            'reason', nullif(current_setting('apartado.reason', true), ''))),
          apartado.clock());
  return null;
end;
$$;

comment on function apartado.tg_media_links__record() is 'Tells media.linked and media.unlinked.';

create or replace trigger _500_record_insert
  after insert on apartado.media_links
  for each row
  execute function apartado.tg_media_links__record();

create or replace trigger _510_record_update
  after update on apartado.media_links
  for each row
  when (old is distinct from new)
  execute function apartado.tg_media_links__record();

create or replace trigger _520_record_delete
  after delete on apartado.media_links
  for each row
  execute function apartado.tg_media_links__record();
