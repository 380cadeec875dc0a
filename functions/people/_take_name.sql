-- _take_name: takes the name, the profile, their pictures and every way in from a member.
--
-- Locks   the media that hang at them, by id
-- Tells   member.signed_out, member.changed, member.unlinked, media.deleted and media.unlinked, through triggers
-- Notes   the caller holds the member row and their sessions. Media that hang nowhere else are forgotten
create or replace function apartado._take_name(p_member apartado.members, p_alias text, p_now timestamptz)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  update apartado.members m
     set alias = p_alias, secret_hash = apartado._hash(apartado._secret()), is_operator = false, display_name = null, avatar = null,
         show_name = false, barred_at = coalesce(m.barred_at, p_now), barred_reason = null, anonymised_at = p_now
   where m.member_id = p_member.member_id;

  delete from apartado.pairing_codes c where c.member_id = p_member.member_id;
  delete from apartado.identities i where i.member_id = p_member.member_id;
  delete from apartado.idempotency_keys k where k.owner = p_member.alias;
  delete from apartado.attempts a where a.subject = p_member.alias;
  update apartado.sessions s
     set ended_at = coalesce(s.ended_at, p_now), device_name = null
   where s.member_id = p_member.member_id;

  perform from apartado.media m
    where m.media_id in (select l.media_id from apartado.media_links l where l.member_id = p_member.member_id)
    order by m.media_id for update of m;
  delete from apartado.media m
   where m.media_id in (select l.media_id from apartado.media_links l where l.member_id = p_member.member_id)
     and not exists (select from apartado.media_links l where l.media_id = m.media_id and l.member_id is distinct from p_member.member_id);
  delete from apartado.media_links l where l.member_id = p_member.member_id;
end;
$$;

comment on function apartado._take_name(apartado.members, text, timestamptz) is 'Takes the name, the profile, their pictures and every way in from a member.';
