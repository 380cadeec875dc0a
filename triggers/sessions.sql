-- Sessions: who signed in and out, and who got a new token, is told to them and to operators.

create or replace function apartado.tg_sessions__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.events (kind, member_id, session_id, data, at)
  values (tg_argv[0], new.member_id, new.session_id, jsonb_build_object('session_id', new.session_id),
          case tg_argv[0]
            when 'member.signed_in' then new.created_at
            when 'member.signed_out' then new.ended_at
            else apartado.clock()
          end);
  return null;
end;
$$;

comment on function apartado.tg_sessions__record() is 'Tells member.signed_in, member.signed_out or member.token_rotated.';

create or replace trigger _500_record_insert
  after insert on apartado.sessions
  for each row
  execute function apartado.tg_sessions__record('member.signed_in');

create or replace trigger _510_record_update
  after update on apartado.sessions
  for each row
  when (old.ended_at is null and new.ended_at is not null)
  execute function apartado.tg_sessions__record('member.signed_out');

create or replace trigger _520_record_rotation
  after update on apartado.sessions
  for each row
  when (old.token_hash <> new.token_hash)
  execute function apartado.tg_sessions__record('member.token_rotated');
