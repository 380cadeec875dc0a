-- sign_in: begin a session under an alias; the first sign-in claims the alias.
--
-- Gives   the token of a new session of 30 days; recovery_secret only where it was made now; the language it speaks: p_language, else
--         what authenticate() was told of the visitor, else the member's; of somebody new it is theirs as well
-- Raises  RS201 not an alias · RS205 own secret shorter than 32 characters, not a language, a p_device of
--         fewer than 32 or more than 200 characters, or a device name that is too long
--         RS601 wrong or missing secret · RS603 registration is closed, or it takes an invitation and this is none · RS604 barred
-- Locks   the member's alias, or the member row, shared: whoever changes the secret meanwhile comes before or after; with p_device
--         what merge_carts locks
-- Tells   member.signed_in, through triggers/sessions.sql; cart.changed where p_device brings carts along
-- Notes   the first sign-in may bring its own secret, so that it can be repeated when its answer was lost.
--         A wrong and a missing secret take the same work to refuse. Where somebody new is not admitted, so does an alias that
--         nobody has: the answer depends on what was brought, RS601 for a secret and RS603 for none, never on the alias.
--         Whoever offers this to strangers calls count_attempt first, in a transaction of its own.
create or replace function apartado.sign_in(
  p_alias             text,
  p_secret            text default null,
  p_language          text default null,
  p_device_name       text default null,
  p_invitation        text default null,
  p_device            text default null,
  out alias           text,
  out token           text,
  out recovery_secret text,
  out is_operator     boolean,
  out language        text,
  out expires_at      timestamptz,
  out server_time     timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_device_name text := apartado._read_device_name(p_device_name);
  v_made        text := apartado._secret();
  v_secret      text := coalesce(p_secret, v_made);
  v_hash        bytea := apartado._hash(v_secret);
  v_member      apartado.members;
  v_admitted    boolean;
begin
  alias := apartado._read_alias(p_alias);
  perform apartado._check_language(p_language);
  perform apartado._check_device(p_device);

  server_time := apartado.clock();
  select m.* into v_member from apartado.members m where m.alias = sign_in.alias;
  if v_member.secret_hash is distinct from v_hash then
    v_admitted := apartado._admits(p_invitation, server_time);
    if not v_admitted and (p_secret is null or p_invitation is not null) then
      perform apartado._refuse('RS603', 'invitation');
    elsif not v_admitted or v_member.member_id is not null then
      perform apartado._refuse('RS601/secret', 'secret');
    elsif length(v_secret) not between 32 and 1000 then
      perform apartado._refuse('RS205', 'secret', jsonb_build_object('shortest', 32, 'longest', 1000));
    end if;
    perform apartado._admit(alias, v_hash, p_language, p_invitation, server_time);
    recovery_secret := case when p_secret is null then v_secret end;
  end if;

  select m.* into v_member from apartado.members m where m.alias = sign_in.alias and m.secret_hash = v_hash for share;
  if v_member.member_id is null then
    perform apartado._refuse('RS601/secret', 'secret');
  end if;
  perform apartado._refuse_barred(v_member.barred_at, v_member.barred_reason, 'alias');

  is_operator := v_member.is_operator;
  delete from apartado.attempts a where a.kind = 'sign_in' and a.subject = sign_in.alias;
  select b.token, b.language, b.expires_at
    into token, language, expires_at
    from apartado._begin_session(v_member.member_id, p_language, server_time, v_device_name, p_device) b;
end;
$$;

comment on function apartado.sign_in(text, text, text, text, text, text) is 'Begin a session under an alias; the first sign-in claims the alias. Example: select * from apartado.sign_in(''eva'')';

grant execute on function apartado.sign_in to apartado_api, apartado_operator;
