-- Identities: that a subject of another login was linked, or is linked no more, is told to the member and to operators. The subject is not.

create or replace function apartado.tg_identities__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_link apartado.identities := case when tg_op = 'DELETE' then old else new end;
begin
  insert into apartado.events (kind, member_id, data, at)
  values ('member.' || case tg_op when 'DELETE' then 'unlinked' else 'linked' end, v_link.member_id,
          jsonb_strip_nulls(jsonb_build_object('issuer', v_link.issuer, 'reason', nullif(current_setting('apartado.reason', true), ''))),
          case tg_op when 'DELETE' then apartado.clock() else v_link.linked_at end);
  return null;
end;
$$;

comment on function apartado.tg_identities__record() is 'Tells member.linked and member.unlinked.';

create or replace trigger _500_record_insert
  after insert on apartado.identities
  for each row
  execute function apartado.tg_identities__record();

create or replace trigger _520_record_delete
  after delete on apartado.identities
  for each row
  execute function apartado.tg_identities__record();
