-- _keep_name: the caller of a command that takes no turn of theirs, whose name and role stay theirs until it is done.
--
-- Gives   the member's id
-- Raises  RS601 nobody was named · RS103 no such member, if only since they waited · RS604 barred
-- Locks   the member row (shared): whoever takes the name (and would leave the remembered answer behind) or
--         the role waits, and is waited for
create or replace function apartado._keep_name(p_member text)
  returns bigint
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform from apartado.members m where m.alias = apartado._canonical_alias(p_member) for share;
  return apartado._member_id(p_member);
end;
$$;

comment on function apartado._keep_name(text) is 'The caller of a command that takes no turn of theirs, whose name and role stay theirs until it is done.';
