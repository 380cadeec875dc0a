-- _search_for: what to look for among the items' search words.
--
-- Gives   the words and every filter in one query, for one look into one index; null where nothing is looked for
-- Notes   a blank filter is none: forms send them
create or replace function apartado._search_for(
  p_query     text,
  p_artist    text,
  p_label     text,
  p_style     text,
  p_genre     text,
  p_country   text,
  p_condition text
)
  returns tsquery
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
  set standard_conforming_strings = on
as $$
  select coalesce(q.words && f.facets, q.words, f.facets)
    from (select apartado._query_of(p_query)) as q (words)
   cross join (
     select string_agg('''' || replace(replace(v.facet, '\', '\\'), '''', '''''') || '''', ' & ')::tsquery
       from (values
         (apartado._facet('artist', p_artist)),
         (apartado._facet('label', p_label)),
         (apartado._facet('style', p_style)),
         (apartado._facet('genre', p_genre)),
         (apartado._facet('country', p_country)),
         (apartado._facet('condition', p_condition))
       ) as v (facet)
   ) as f (facets);
$$;

comment on function apartado._search_for(text, text, text, text, text, text, text) is 'What to look for among the items'' search words.';
