-- _require_operator_or_role: guards the functions of care, which name no caller: a database role with the grant,
--   or an operator who signed in.
--
-- Raises  RS601 nobody signed in · RS602 signed in, but not an operator
-- Notes   a database role that may execute the function may use it: its grant is the guard.
--         A call that came through authenticate() is a person's, and that person must be an operator.
create or replace function apartado._require_operator_or_role()
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_actor text := nullif(current_setting('apartado.actor', true), '');
begin
  if v_actor is null then
    return;
  elsif v_actor = 'anonymous' then
    perform apartado._refuse('RS601', 'actor');
  end if;

  perform apartado._operator(v_actor);
end;
$$;

comment on function apartado._require_operator_or_role() is 'Guards the functions of care, which name no caller: a database role with the grant, or an operator who signed in.';
