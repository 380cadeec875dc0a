-- _query_of: what a person typed into the search box, as a text search query.
--
-- Gives   null where there is no word in it
-- Notes   as on the web: words, "a phrase", or, -not. The last word may be a beginning, so that a list can be
--         searched while one types. A lone word with a dash in front is a sku, and the sign in 12" opens no phrase
create or replace function apartado._query_of(p_query text)
  returns tsquery
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
  set standard_conforming_strings = on
as $$
declare
  v_text  text := regexp_replace(apartado._fold(p_query), E'[^a-z0-9" \u00c0-\u1fff\u2c00-\U0010ffff-]+', ' ', 'g');
  v_query tsquery;
begin
  v_text := case when v_text ~ '^ ?-[^ ]*$' then translate(v_text, '-', ' ') else v_text end;
  v_text := case when v_text ~ '^[^"]*("[^"]*"[^"]*)*$' then v_text else translate(v_text, '"', ' ') end;
  v_text := btrim(regexp_replace(v_text, '([^ "-])-+', '\1 ', 'g'));
  if v_text !~ '[^" -]' then
    return null;
  end if;

  v_query := websearch_to_tsquery('simple', v_text);
  if v_text ~ '([^" -]{2}|[^\x01-\x7f])$' and v_query::text ~ '''$' then
    v_query := (v_query::text || ':*')::tsquery;
  end if;
  return case when numnode(v_query) > 0 then v_query end;
end;
$$;

comment on function apartado._query_of(text) is 'What a person typed into the search box, as a text search query.';
