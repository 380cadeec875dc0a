-- _is_web_address: whether a text is an address of the web, which a page may put into a link as it is.
--
-- Gives   false where it is neither http nor https, names a person (user@host), holds blanks, quotes or <>, has [] but around the whole host, or shows something odd;
--         null for null
create or replace function apartado._is_web_address(p_url text)
  returns boolean
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
  set standard_conforming_strings = on
as $$
begin
  return p_url ~ '^https?://(\[[0-9A-Fa-f:.]+\](:\d*)?|[^]/?#[:space:]"<>\\@[]+)([/?#][^[:space:]"<>\\]*)?$' and apartado._shows_nothing_odd(p_url);
end;
$$;

comment on function apartado._is_web_address(text) is 'Whether a text is an address of the web, which a page may put into a link as it is.';
