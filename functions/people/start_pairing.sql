-- start_pairing: get a code with which another device of yours can sign in, once, within five minutes; an earlier code ends.
--
-- Gives   code: 8 characters, easy to read and type; expires_at, server_time
-- Raises  RS601 nobody signed in · RS604 barred
-- Locks   the member row, then their code
-- Notes   one code lives per member: a new one ends the old one, and the end of the session that asked for it ends it too.
--         40 random bits are few beside a token; they live for five minutes, and tries are counted (_attempt_subject).
create or replace function apartado.start_pairing(
  p_member        text,
  out code        text,
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
  v_member_id bigint := apartado._lock_member(p_member);
  v_session   bigint;
begin
  code := apartado._code(8);

  select s.session_id
    into v_session
    from apartado.sessions s
   where s.session_id = nullif(current_setting('apartado.session', true), '')::bigint
     and s.member_id = v_member_id;

  server_time := apartado.clock();
  expires_at := server_time + interval '5 minutes';
  insert into apartado.pairing_codes as c (member_id, session_id, code_hash, expires_at)
  values (v_member_id, v_session, apartado._hash(code), start_pairing.expires_at)
  on conflict (member_id) do update
     set session_id = excluded.session_id, code_hash = excluded.code_hash, expires_at = excluded.expires_at;
end;
$$;

comment on function apartado.start_pairing(text) is 'Get a code with which another device of yours can sign in, once, within five minutes; an earlier code ends. Example: select * from apartado.start_pairing(''ana'')';

grant execute on function apartado.start_pairing to apartado_api, apartado_operator;
