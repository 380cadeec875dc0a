-- sign_out: end the session of a token.
--
-- Gives   session_id, ended_at
-- Raises  RS601 the token is of no live session
-- Tells   member.signed_out, through triggers/sessions.sql
-- Notes   as its member; what follows in the transaction is of whoever acted before
create or replace function apartado.sign_out(
  p_token        text,
  out session_id bigint,
  out ended_at   timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_before record := apartado._who_acts();
  v_alias  text;
begin
  ended_at := apartado.clock();

  select m.alias
    into v_alias
    from apartado.sessions s
    join apartado.members m on m.member_id = s.member_id
   where s.token_hash = apartado._hash(p_token);
  perform apartado._act_as(coalesce(v_alias, 'anonymous'), null, apartado._language());

  update apartado.sessions s
     set ended_at = sign_out.ended_at
   where s.token_hash = apartado._hash(p_token)
     and s.ended_at is null
     and s.expires_at > sign_out.ended_at
  returning s.session_id into session_id;

  if session_id is null then
    perform apartado._refuse(case when v_alias is null then 'RS601' else 'RS601/ended' end, 'token');
  end if;
  perform apartado._act_as(v_before.actor, v_before.session, v_before.language);
end;
$$;

comment on function apartado.sign_out(text) is 'End the session of a token. Example: select * from apartado.sign_out(''the token that sign_in gave'')';

grant execute on function apartado.sign_out to apartado_api, apartado_operator;
