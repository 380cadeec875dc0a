-- _language: the language in which this transaction speaks to its person: en or es.
--
-- Gives   'en' or 'es': what authenticate() found in the session, else English
create or replace function apartado._language()
  returns text
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return case when current_setting('apartado.language', true) = 'es' then 'es' else 'en' end;
end;
$$;

comment on function apartado._language() is 'The language in which this transaction speaks to its person: en or es.';
