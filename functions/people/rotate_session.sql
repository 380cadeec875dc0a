-- rotate_session: get a new token for your session; the old one is dead at once.
--
-- Gives   the new token; when the session ends, which does not move
-- Raises  RS601 the token is of no live session · RS604 barred
-- Locks   the session's row: of two that rotate one token at once, one comes too late
-- Tells   member.token_rotated, through triggers/sessions.sql
-- Notes   as its member; what follows in the transaction is of whoever acted before
create or replace function apartado.rotate_session(
  p_token         text,
  out session_id  bigint,
  out token       text,
  out expires_at  timestamptz,
  out server_time timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_before record := apartado._who_acts();
begin
  select a.session_id into session_id from apartado.authenticate(coalesce(p_token, ''), apartado._language()) a;

  token := apartado._secret();
  server_time := apartado.clock();
  update apartado.sessions s
     set token_hash = apartado._hash(rotate_session.token)
   where s.token_hash = apartado._hash(p_token)
     and s.ended_at is null
     and s.expires_at > rotate_session.server_time
  returning s.expires_at into expires_at;
  if expires_at is null then
    perform apartado._refuse('RS601', 'token');
  end if;
  perform apartado._act_as(v_before.actor, v_before.session, v_before.language);
end;
$$;

comment on function apartado.rotate_session(text) is 'Get a new token for your session; the old one is dead at once. Example: select * from apartado.rotate_session(''the token that sign_in gave'')';

grant execute on function apartado.rotate_session to apartado_api, apartado_operator;
