-- _set_operator: makes a member an operator, or one no longer.
--
-- Gives   the member's alias as it is stored, and whether it is an operator now
-- Raises  RS103 no such member
-- Locks   the member row
-- Tells   member.changed, through triggers/members.sql
create or replace function apartado._set_operator(
  p_alias         text,
  p_is_operator   boolean,
  out alias       text,
  out is_operator boolean
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  update apartado.members m
     set is_operator = p_is_operator
   where m.alias = apartado._canonical_alias(p_alias)
  returning m.alias, m.is_operator into alias, is_operator;

  if alias is null then
    perform apartado._refuse('RS103', 'alias');
  end if;
end;
$$;

comment on function apartado._set_operator(text, boolean) is 'Makes a member an operator, or one no longer.';
