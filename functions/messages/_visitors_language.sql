-- _visitors_language: the language in which whoever came without a session reads, where they said so.
--
-- Gives   en or es: what authenticate() was told; null where nobody said, or somebody is signed in
create or replace function apartado._visitors_language()
  returns text
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select case when current_setting('apartado.actor', true) = 'anonymous'
              then nullif(current_setting('apartado.language', true), '') end;
$$;

comment on function apartado._visitors_language() is 'The language in which whoever came without a session reads, where they said so.';
