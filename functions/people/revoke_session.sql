-- revoke_session: end one of your own sessions, on a device that is lost or not yours.
--
-- Gives   session_id, ended_at
-- Raises  RS109 not there, not yours, or over already
-- Locks   the session's row
-- Tells   member.signed_out, through triggers/sessions.sql
create or replace function apartado.revoke_session(
  p_member          text,
  p_session         bigint,
  p_idempotency_key text default null,
  out session_id    bigint,
  out ended_at      timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id bigint := apartado._member_id(p_member);
  v_owner     text := apartado._canonical_alias(p_member);
  v_request   jsonb := jsonb_build_array(p_session);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'revoke_session', v_request);
begin
  if v_answer is not null then
    select * into session_id, ended_at
      from jsonb_to_record(v_answer) as (session_id bigint, ended_at timestamptz);
    return;
  end if;

  update apartado.sessions s
     set ended_at = apartado.clock()
   where s.session_id = p_session
     and s.member_id = v_member_id
     and s.ended_at is null
     and s.expires_at > apartado.clock()
  returning s.session_id, s.ended_at into session_id, ended_at;
  if session_id is null then
    perform apartado._refuse('RS109', 'session');
  end if;

  perform apartado._remember(v_owner, p_idempotency_key, 'revoke_session', v_request, jsonb_build_object(
    'session_id', session_id, 'ended_at', ended_at));
end;
$$;

comment on function apartado.revoke_session(text, bigint, text) is 'End one of your own sessions, on a device that is lost or not yours. Example: select * from apartado.revoke_session(''ana'', 1)';

grant execute on function apartado.revoke_session to apartado_api, apartado_operator;
