-- _role_is_operator: whether a call that names nobody is of a database role that is an operator, as a DBA's.
--
-- Gives   false where it came through the service: nobody has signed in there
create or replace function apartado._role_is_operator()
  returns boolean
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(current_setting('apartado.actor', true), '') <> 'anonymous' and pg_has_role(session_user, 'apartado_operator', 'member');
end;
$$;

comment on function apartado._role_is_operator() is 'Whether a call that names nobody is of a database role that is an operator, as a DBA''s.';
