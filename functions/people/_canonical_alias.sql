-- _canonical_alias: the one form of an alias, so that look-alikes are the same person.
--
-- Gives   NFKC, lower case, without surrounding blanks; null for null
create or replace function apartado._canonical_alias(p_alias text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return lower(btrim(normalize(lower(normalize(p_alias, nfkc)), nfkc)));
end;
$$;

comment on function apartado._canonical_alias(text) is 'The one form of an alias, so that look-alikes are the same person.';
