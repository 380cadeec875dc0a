-- Sessions: who signed in and out is told to them and to operators.

create or replace function apartado.tg_sessions__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.events (kind, member_id, session_id, data, at)
  values (case when tg_op = 'INSERT' then 'member.signed_in' else 'member.signed_out' end,
          new.member_id, new.session_id, jsonb_build_object('session_id', new.session_id),
          coalesce(new.ended_at, new.created_at));
  return null;
end;
$$;

comment on function apartado.tg_sessions__record() is 'Tells member.signed_in and member.signed_out.';

create or replace trigger _500_record_insert
  after insert on apartado.sessions
  for each row
  execute function apartado.tg_sessions__record();

create or replace trigger _510_record_update
  after update on apartado.sessions
  for each row
  when (old.ended_at is null and new.ended_at is not null)
  execute function apartado.tg_sessions__record();
