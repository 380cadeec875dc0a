-- _fold: a text without capitals, accents and doubled blanks.
--
-- Gives   the folded text; punctuation stays, for it tells VG from VG+
-- Notes   core PostgreSQL only: the extension unaccent is not everywhere
create or replace function apartado._fold(p_text text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
  set standard_conforming_strings = on
as $$
begin
  return btrim(regexp_replace(
             replace(replace(replace(
               translate(
                 regexp_replace(lower(normalize(p_text, NFKD)), E'[\u0300-\u036f]', '', 'g'),
                 'øłđðħı', 'olddhi'),
               'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
             '\s+', ' ', 'g'));
end;
$$;

comment on function apartado._fold(text) is 'A text without capitals, accents and doubled blanks.';
