-- _facet: a value that one can filter by, as it stands among an item's search words.
--
-- Gives   =style=deep house; null for nothing
-- Notes   no word begins with =, so no search for the beginning of a word meets a facet.
--         Cut short, because a lexeme holds 2,046 bytes at most
create or replace function apartado._facet(p_kind text, p_value text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return left('=' || p_kind || '=' || nullif(apartado._fold(p_value), ''), 500);
end;
$$;

comment on function apartado._facet(text, text) is 'A value that one can filter by, as it stands among an item''s search words.';
