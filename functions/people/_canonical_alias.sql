-- _canonical_alias: the one form of an alias, so that look-alikes are the same person.
--
-- Gives   NFKC, lower case, without surrounding blanks; null for null
-- Notes   letters are turned as in C: a database in Turkish makes another letter of I, and an alias has those of ASCII only
create or replace function apartado._canonical_alias(p_alias text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return lower(btrim(normalize(lower(normalize(p_alias, nfkc) collate "C"), nfkc)) collate "C");
end;
$$;

comment on function apartado._canonical_alias(text) is 'The one form of an alias, so that look-alikes are the same person.';
