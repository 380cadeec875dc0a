-- sign_in: begin a session under an alias; the first sign-in claims the alias.
--
-- Gives   the token of a new session of 30 days; recovery_secret only where it was made now
-- Raises  RS201 not an alias · RS205 own secret shorter than 32 characters, or not a language · RS601 wrong or missing secret
--         RS604 barred
-- Locks   the member's alias
-- Tells   member.signed_in, through triggers/sessions.sql
-- Notes   the first sign-in may bring its own secret, so that it can be repeated when its answer was lost.
--         Whoever offers this to strangers calls count_attempt first, in a transaction of its own.
create or replace function apartado.sign_in(
  p_alias             text,
  p_secret            text default null,
  p_language          text default null,
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
  c_reserved constant text[] := '{admin,administrator,anonymous,apartado,operator,root,system,support,me,"null",undefined}';
  v_secret text;
  v_member apartado.members;
begin
  alias := apartado._canonical_alias(p_alias);
  if alias is null or alias !~ '^[a-z0-9_][a-z0-9_.-]{0,31}$' or alias = any (c_reserved) then
    perform apartado._refuse('RS201', 'alias');
  end if;
  perform apartado._check_language(p_language);

  server_time := apartado.clock();
  v_secret := coalesce(p_secret, apartado._secret());

  -- an own secret is looked at only where it would be stored: a known alias learns nothing from its length
  if length(v_secret) between 32 and 1000 then
    insert into apartado.members (alias, secret_hash, language, created_at)
    values (sign_in.alias, apartado._hash(v_secret), coalesce(p_language, 'en'), sign_in.server_time)
    on conflict on constraint member_alias_is_unique do nothing
    returning * into v_member;
  end if;

  if v_member.member_id is not null then
    recovery_secret := case when p_secret is null then v_secret end;
  else
    select m.* into v_member from apartado.members m where m.alias = sign_in.alias;
    if v_member.member_id is null then
      perform apartado._refuse('RS205', 'secret', jsonb_build_object('shortest', 32, 'longest', 1000));
    elsif p_secret is null or v_member.secret_hash <> apartado._hash(p_secret) then
      perform apartado._refuse('RS601', 'secret');
    elsif v_member.barred_at is not null then
      perform apartado._refuse('RS604', 'alias', jsonb_build_object('barred_at', apartado._utc(v_member.barred_at)));
    end if;
  end if;

  is_operator := v_member.is_operator;
  delete from apartado.attempts a where a.kind = 'sign_in' and a.subject = sign_in.alias;
  select b.token, b.language, b.expires_at
    into token, language, expires_at
    from apartado._begin_session(v_member.member_id, p_language, server_time) b;
end;
$$;

comment on function apartado.sign_in(text, text, text) is 'Begin a session under an alias; the first sign-in claims the alias. Example: select * from apartado.sign_in(''eva'')';

grant execute on function apartado.sign_in to apartado_api, apartado_operator;
