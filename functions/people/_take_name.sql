-- _take_name: takes the name, the profile and every way in from a member.
--
-- Gives   nothing
-- Tells   member.signed_out and member.changed, through triggers
-- Notes   the caller holds the member row and their sessions
create or replace function apartado._take_name(p_member apartado.members, p_alias text, p_now timestamptz)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  update apartado.members m
     set alias = p_alias, secret_hash = apartado._hash(apartado._secret()), is_operator = false, display_name = null, avatar = null,
         show_name = false, barred_at = coalesce(m.barred_at, p_now), anonymised_at = p_now
   where m.member_id = p_member.member_id;

  delete from apartado.pairing_codes c where c.member_id = p_member.member_id;
  delete from apartado.identities i where i.member_id = p_member.member_id;
  delete from apartado.idempotency_keys k where k.owner = p_member.alias;
  delete from apartado.attempts a where a.subject = p_member.alias;
  update apartado.sessions s
     set ended_at = coalesce(s.ended_at, p_now), device_name = null
   where s.member_id = p_member.member_id;
end;
$$;

comment on function apartado._take_name(apartado.members, text, timestamptz) is 'Takes the name, the profile and every way in from a member.';
