-- _lock_member: the caller of a command that changes their member row, or what hangs on it.
--
-- Gives   the member's id
-- Raises  RS601 nobody was named · RS103 no such member · RS604 barred, if only while they waited
-- Locks   the member row, which bar_member and anonymise lock, too
create or replace function apartado._lock_member(p_member text)
  returns bigint
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform from apartado.members m where m.member_id = apartado._member_id(p_member) for no key update;
  return apartado._member_id(p_member);
end;
$$;

comment on function apartado._lock_member(text) is 'The caller of a command that changes their member row, or what hangs on it.';
