-- _words: the words of a text, folded, with one blank between them.
--
-- Notes   what separates words is named here, not left to the database's locale or to the text
--         search parser, which takes 9362-45999-1 for three numbers, two of them negative
create or replace function apartado._words(p_text text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return btrim(regexp_replace(apartado._fold(p_text), E'[^a-z0-9\u00c0-\u1fff\u2c00-\U0010ffff]+', ' ', 'g'));
end;
$$;

comment on function apartado._words(text) is 'The words of a text, folded, with one blank between them.';
