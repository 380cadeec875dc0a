-- _operator: whether the caller of an operator's function is one; null stands for the database role.
--
-- Gives   the owner of the call: the operator's alias, or role:<database role> when p_actor is null
-- Raises  RS601 nobody signed in · RS602 not an operator · RS103 no such member · RS604 barred
create or replace function apartado._operator(p_actor text)
  returns text
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_member apartado.members;
begin
  if p_actor is null then
    if current_setting('apartado.actor', true) = 'anonymous' then
      perform apartado._refuse('RS601', 'actor');
    elsif not pg_has_role(session_user, 'apartado_operator', 'member') then
      perform apartado._refuse('RS602/role', 'actor', jsonb_build_object('role', session_user));
    end if;
    return 'role:' || session_user;
  end if;

  select m.*
    into v_member
    from apartado.members m
   where m.member_id = apartado._member_id(p_actor, 'actor');

  if not v_member.is_operator then
    perform apartado._refuse('RS602', 'actor', jsonb_build_object('alias', v_member.alias));
  end if;

  return v_member.alias;
end;
$$;

comment on function apartado._operator(text) is 'Whether the caller of an operator''s function is one; null stands for the database role.';
