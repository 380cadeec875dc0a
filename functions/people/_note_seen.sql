-- _note_seen: notes that sessions are in use, at most once in five minutes each.
--
-- Locks   the session rows, never waiting: whoever holds one notes the same
create or replace function apartado._note_seen(p_session_ids bigint[], p_now timestamptz)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  update apartado.sessions s
     set last_seen_at = p_now
   where s.session_id in (select x.session_id
                            from apartado.sessions x
                           where x.session_id = any (p_session_ids)
                             and x.last_seen_at < p_now - apartado._seen_again_after()
                             for no key update skip locked);
end;
$$;

comment on function apartado._note_seen(bigint[], timestamptz) is 'Notes that sessions are in use, at most once in five minutes each.';
