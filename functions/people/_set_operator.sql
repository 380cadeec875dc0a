-- _set_operator: makes a member an operator, or one no longer.
--
-- Gives   the member's alias as it is stored, and whether it is an operator now
-- Raises  RS103 no such member · RS312 their name was taken out of everything: nobody can act as them
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
declare
  v_member apartado.members;
begin
  select m.* into v_member from apartado.members m where m.alias = apartado._canonical_alias(p_alias) for no key update;
  if v_member.member_id is null then
    perform apartado._refuse('RS103', 'alias');
  elsif p_is_operator and v_member.anonymised_at is not null then
    perform apartado._refuse('RS312', 'alias', jsonb_build_object('alias', v_member.alias));
  end if;

  update apartado.members m
     set is_operator = p_is_operator
   where m.member_id = v_member.member_id
  returning m.alias, m.is_operator into alias, is_operator;
end;
$$;

comment on function apartado._set_operator(text, boolean) is 'Makes a member an operator, or one no longer.';
