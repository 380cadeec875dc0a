-- change_profile: say what to call you, with which picture and in which language, and whether buyers may see your name.
--
-- Gives   the profile as it then is. What is null stays as it was, an empty text empties; without anything it only shows it
-- Raises  RS205 a name of more than 50 characters or with hidden ones, a picture that is no address of the web of at most
--         2,000 characters, or not a language · RS604 barred, if only while they waited
-- Locks   the idempotency key, the caller's session, then the member row
-- Tells   member.changed, through triggers/members.sql: what was changed, not to what
-- Notes   the session that asks speaks the new language from its next call on; other sessions keep theirs.
--         show_name is the consent to be named by recent_buyers and list_drops; the alias is never shown.
create or replace function apartado.change_profile(
  p_member          text,
  p_display_name    text default null,
  p_avatar          text default null,
  p_language        text default null,
  p_show_name       boolean default null,
  p_idempotency_key text default null,
  out alias         text,
  out display_name  text,
  out avatar        text,
  out language      text,
  out show_name     boolean
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
  set standard_conforming_strings = on
as $$
#variable_conflict use_column
declare
  v_member_id bigint := apartado._member_id(p_member);
  v_owner     text := apartado._canonical_alias(p_member);
  v_request   jsonb := jsonb_build_array(p_display_name, p_avatar, p_language, p_show_name);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'change_profile', v_request);
  v_name      text := btrim(normalize(p_display_name, nfc), U&' \00A0\1680\2000\2001\2002\2003\2004\2005\2006\2007\2008\2009\200A\202F\205F\3000');
begin
  if v_answer is null then
    perform apartado._check_seen('display_name', v_name, 50);
    if p_avatar <> '' and (length(p_avatar) > 2000 or not apartado._is_web_address(p_avatar)) then
      perform apartado._refuse('RS205', 'avatar', jsonb_build_object('expected', 'http or https', 'longest', 2000));
    end if;
    perform apartado._check_language(p_language);

    update apartado.sessions s
       set language = p_language
     where s.session_id = nullif(current_setting('apartado.session', true), '')::bigint
       and s.member_id = v_member_id
       and s.language <> p_language;

    perform apartado._lock_member(p_member);
    update apartado.members m
       set display_name = nullif(coalesce(v_name, m.display_name), ''),
           avatar = nullif(coalesce(p_avatar, m.avatar), ''),
           language = coalesce(p_language, m.language),
           show_name = coalesce(p_show_name, m.show_name)
     where m.member_id = v_member_id
    returning jsonb_build_object('alias', m.alias, 'display_name', m.display_name, 'avatar', m.avatar,
                                 'language', m.language, 'show_name', m.show_name)
         into v_answer;
    perform apartado._remember(v_owner, p_idempotency_key, 'change_profile', v_request, v_answer);
  end if;

  select * into alias, display_name, avatar, language, show_name
    from jsonb_to_record(v_answer) as (alias text, display_name text, avatar text, language text, show_name boolean);
end;
$$;

comment on function apartado.change_profile(text, text, text, text, boolean, text) is 'Say what to call you, with which picture and in which language, and whether buyers may see your name. Example: select * from apartado.change_profile(''ana'', ''Ana M.'', p_show_name => true)';

grant execute on function apartado.change_profile to apartado_api, apartado_operator;
