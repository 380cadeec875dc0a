-- list_sessions: where a member is signed in, the newest first.
--
-- Gives   the sessions that are not over: since when, when it was last seen (before this call; written at most once in five minutes),
--         until when, in which language, and what its member calls the device; current is true for the one that asks
create or replace function apartado.list_sessions(p_member text)
  returns table (
    session_id   bigint,
    created_at   timestamptz,
    last_seen_at timestamptz,
    expires_at   timestamptz,
    current      boolean,
    language     text,
    device_name  text,
    server_time  timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id bigint := apartado._member_id(p_member);
  v_current   bigint := nullif(current_setting('apartado.session', true), '')::bigint;
  v_now       timestamptz := apartado.clock();
begin
  return query
  select s.session_id, s.created_at, s.last_seen_at, s.expires_at, s.session_id is not distinct from v_current, s.language, s.device_name, v_now
    from apartado.sessions s
   where s.member_id = v_member_id
     and s.ended_at is null
     and s.expires_at > v_now
   order by s.session_id desc;
end;
$$;

comment on function apartado.list_sessions(text) is 'Where a member is signed in, the newest first. Example: select * from apartado.list_sessions(''ana'')';

grant execute on function apartado.list_sessions to apartado_api, apartado_operator;
