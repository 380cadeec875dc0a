-- Invitations: that one was made, and why, is told to operators; that it was used, to who used it and to operators.

create or replace function apartado.tg_invitations__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.events (kind, member_id, data, details, at)
  values (case when tg_op = 'INSERT' then 'member.invited' else 'member.joined' end, new.used_by, '{}',
          jsonb_strip_nulls(jsonb_build_object(
            'invitation_id', new.invitation_id, 'expires_at', apartado._utc(new.expires_at),
            'reason', nullif(current_setting('apartado.reason', true), ''))),
          coalesce(new.used_at, new.created_at));
  return null;
end;
$$;

comment on function apartado.tg_invitations__record() is 'Tells member.invited and member.joined.';

create or replace trigger _500_record_insert
  after insert on apartado.invitations
  for each row
  execute function apartado.tg_invitations__record();

create or replace trigger _510_record_update
  after update on apartado.invitations
  for each row
  when (old.used_at is null and new.used_at is not null)
  execute function apartado.tg_invitations__record();
