-- _admit: makes somebody a member under an alias that nobody has.
--
-- Gives   the new member; null where somebody else was quicker
-- Raises  RS603 the invitation that it takes was used meanwhile
-- Locks   the alias, then the invitation
-- Tells   member.joined where it took an invitation, through triggers/invitations.sql
create or replace function apartado._admit(
  p_alias      text,
  p_hash       bytea,
  p_language   text,
  p_invitation text,
  p_now        timestamptz
)
  returns bigint
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_member_id bigint;
begin
  insert into apartado.members (alias, secret_hash, language, created_at)
  values (p_alias, p_hash, coalesce(p_language, apartado._visitors_language(), 'en'), p_now)
  on conflict on constraint member_alias_is_unique do nothing
  returning member_id into v_member_id;

  if v_member_id is not null and (select s.registration from apartado.settings s) = 'invite' then
    update apartado.invitations i
       set used_at = p_now, used_by = v_member_id
     where i.code_hash = apartado._hash(apartado._canonical_code(p_invitation))
       and i.used_at is null
       and i.expires_at > p_now;
    if not found then
      perform apartado._refuse('RS603', 'invitation');
    end if;
  end if;

  return v_member_id;
end;
$$;

comment on function apartado._admit(text, bytea, text, text, timestamptz) is 'Makes somebody a member under an alias that nobody has.';
