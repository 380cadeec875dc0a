-- _canonical_code: the one form of a pairing code, however it was typed.
--
-- Gives   upper case, without blanks and hyphens, O as 0, I and L as 1; null for null
-- Notes   letters are turned as in C, as in _canonical_alias
create or replace function apartado._canonical_code(p_code text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return translate(upper(normalize(p_code, nfkc) collate "C"), E'OIL- \t\r\n', '011');
end;
$$;

comment on function apartado._canonical_code(text) is 'The one form of a pairing code, however it was typed.';
