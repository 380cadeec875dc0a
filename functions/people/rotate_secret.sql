-- rotate_secret: replace your recovery secret, which from then on is worth nothing.
--
-- Gives   recovery_secret only where it was made now; sessions_ended: how many other sessions were ended
-- Raises  RS205 own secret shorter than 32 characters, or longer than 1,000 · RS601 nobody signed in · RS604 barred
--         RS312 p_end_others, and not at READ COMMITTED: a snapshot misses who signs in with the old secret while this waits
-- Locks   where sessions are to end, those; then the member row, which a sign-in with the old secret shares; the pairing code
-- Tells   member.changed, and member.signed_out for each session that is ended, through triggers
-- Notes   a live session is enough: it is also who lost the secret. A pairing code that is out is dead, too
create or replace function apartado.rotate_secret(
  p_member            text,
  p_secret            text default null,
  p_end_others        boolean default false,
  out alias           text,
  out recovery_secret text,
  out sessions_ended  integer,
  out server_time     timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id bigint := apartado._member_id(p_member);
  v_current   bigint := nullif(current_setting('apartado.session', true), '')::bigint;
  v_secret    text := coalesce(p_secret, apartado._secret());
begin
  if length(v_secret) not between 32 and 1000 then
    perform apartado._refuse('RS205', 'secret', jsonb_build_object('shortest', 32, 'longest', 1000));
  elsif p_end_others then
    perform apartado._check_isolation('end_others');
  end if;

  -- lock order: sessions before the member; sessions of sign-ins under way are seen once the member row is locked
  perform from apartado.sessions s
    where coalesce(p_end_others, false) and s.member_id = v_member_id and s.ended_at is null
    order by s.session_id for no key update;
  perform apartado._lock_member(p_member);
  update apartado.members m
     set secret_hash = apartado._hash(v_secret)
   where m.member_id = v_member_id
  returning m.alias into alias;
  delete from apartado.pairing_codes c where c.member_id = v_member_id;

  server_time := apartado.clock();
  update apartado.sessions s
     set ended_at = rotate_secret.server_time
   where coalesce(p_end_others, false)
     and s.member_id = v_member_id
     and s.session_id is distinct from v_current
     and s.ended_at is null
     and s.expires_at > rotate_secret.server_time;
  get diagnostics sessions_ended = row_count;
  recovery_secret := case when p_secret is null then v_secret end;
end;
$$;

comment on function apartado.rotate_secret(text, text, boolean) is 'Replace your recovery secret, which from then on is worth nothing. Example: select * from apartado.rotate_secret(''ana'', p_end_others => true)';

grant execute on function apartado.rotate_secret to apartado_api, apartado_operator;
