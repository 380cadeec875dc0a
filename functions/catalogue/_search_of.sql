-- _search_of: what find_items looks into for an item: its words, and the values that one can filter by.
--
-- Gives   the words of sku, title, artists, labels, catalogue numbers (also written as one word) and styles,
--         and the facets, as _facet makes them, of artists, labels, styles, genres, country and condition
-- Notes   all facets are folded as one text, with a sign between them that no name holds: an import calls this often.
--         What separates words is named here, not left to the database's locale or to the text search parser, which takes
--         9362-45999-1 for three numbers, two of them negative. A tsvector holds 1 MB: of thousands of long names the first 100,000 letters are found
create or replace function apartado._search_of(p_item apartado.items)
  returns tsvector
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  c_between constant text := E'\x01';
  c_most    constant integer := 100000;
  v_artists text[] := array(select a.name from apartado.item_artists a where a.item_id = p_item.item_id);
  v_labels  text[] := array(select l.name from apartado.item_labels l where l.item_id = p_item.item_id);
  v_catnos  text   := (select string_agg(l.catno || ' ' || translate(l.catno, ' -./', ''), ' ')
                         from apartado.item_labels l
                        where l.item_id = p_item.item_id);
  v_words   text;
  v_facets  text;
begin
  v_words := regexp_replace(
    apartado._fold(concat_ws(' ', p_item.sku, p_item.title, array_to_string(v_artists || v_labels || p_item.styles, ' '), v_catnos)),
    E'[^a-z0-9\u00c0-\u1fff\u2c00-\U0010ffff]+', ' ', 'g');
  v_facets := concat_ws(c_between,
    '=artist='    || nullif(array_to_string(v_artists, c_between || '=artist='), ''),
    '=label='     || nullif(array_to_string(v_labels, c_between || '=label='), ''),
    '=style='     || nullif(array_to_string(p_item.styles, c_between || '=style='), ''),
    '=genre='     || nullif(array_to_string(p_item.genres, c_between || '=genre='), ''),
    '=country='   || p_item.country,
    '=condition=' || p_item.condition);

  return to_tsvector('simple', left(btrim(v_words), c_most))
         || array_to_tsvector(array(
              select distinct left(f.facet, 500)
                from unnest(string_to_array(left(apartado._fold(v_facets), c_most), c_between)) as f (facet)));
end;
$$;

comment on function apartado._search_of(apartado.items) is 'What find_items looks into for an item: its words, and the values that one can filter by.';
