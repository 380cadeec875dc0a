-- Identities: that a subject of another login was linked is told to the member and to operators. The subject is not.

create or replace function apartado.tg_identities__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.events (kind, member_id, data, at)
  values ('member.linked', new.member_id, jsonb_build_object('issuer', new.issuer), new.linked_at);
  return null;
end;
$$;

comment on function apartado.tg_identities__record() is 'Tells member.linked.';

create or replace trigger _500_record_insert
  after insert on apartado.identities
  for each row
  execute function apartado.tg_identities__record();
