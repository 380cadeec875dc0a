-- _operator_role: the owner of a call that names nobody and is of a database role that is an operator, as a DBA's.
--
-- Gives   role:<database role>, as _operator; null: it is none, or the call came through the service, where nobody has signed in
create or replace function apartado._operator_role()
  returns text
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return case
           when coalesce(current_setting('apartado.actor', true), '') <> 'anonymous' and pg_has_role(session_user, 'apartado_operator', 'member')
           then 'role:' || session_user
         end;
end;
$$;

comment on function apartado._operator_role() is 'The owner of a call that names nobody and is of a database role that is an operator, as a DBA''s.';
