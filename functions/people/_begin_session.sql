-- _begin_session: a new session of a member who has just proven who they are.
--
-- Gives   its token, which is stored as its sha256 only, the language it speaks (p_language, else the visitor's, else the
--         member's), and when it ends: after 30 days
-- Locks   for a device, what bringing its carts to the member takes
-- Tells   member.signed_in, through triggers/sessions.sql; what bringing the carts of a device to the member tells
-- Notes   the rest of the transaction is told as the member's, as a call of the service is; but a login with the operator role
--         that acts for nobody stays itself
create or replace function apartado._begin_session(
  p_member_id    bigint,
  p_language     text,
  p_now          timestamptz,
  p_device_name  text,
  p_device       text,
  out token      text,
  out language   text,
  out expires_at timestamptz
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_alias   text;
  v_is_role boolean := coalesce(current_setting('apartado.actor', true), '') = '' and pg_has_role(session_user, 'apartado_operator', 'member');
begin
  token := apartado._secret();
  expires_at := p_now + interval '720 hours';
  select m.alias, coalesce(p_language, apartado._visitors_language(), m.language)
    into v_alias, language
    from apartado.members m
   where m.member_id = p_member_id;
  perform apartado._act_as(v_alias, null, language);

  insert into apartado.sessions (member_id, token_hash, language, created_at, last_seen_at, expires_at, device_name)
  values (p_member_id, apartado._hash(token), _begin_session.language, p_now, p_now, _begin_session.expires_at, p_device_name);

  if p_device is not null then
    perform apartado._merge_device(v_alias, p_device, null);
  end if;

  if v_is_role then
    perform apartado._act_as('', null, language);
  end if;
end;
$$;

comment on function apartado._begin_session(bigint, text, timestamptz, text, text) is 'A new session of a member who has just proven who they are.';
