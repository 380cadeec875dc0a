-- _url_encoded: a text as it may stand in an address.
--
-- Gives   each byte of its UTF-8 that is no letter, digit, or one of - . _ ~ as a percent sign and two hexadecimal digits
create or replace function apartado._url_encoded(p_text text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
  set standard_conforming_strings = on
as $$
begin
  return (
    select string_agg(case when c.one ~ '^[A-Za-z0-9._~-]$' then c.one
                           else upper(regexp_replace(encode(convert_to(c.one, 'UTF8'), 'hex'), '(..)', '%\1', 'g')) end, '' order by c.place)
      from regexp_split_to_table(p_text, '') with ordinality c (one, place)
  );
end;
$$;

comment on function apartado._url_encoded(text) is 'A text as it may stand in an address.';
