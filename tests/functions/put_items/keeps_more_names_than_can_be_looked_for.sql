select plan(4);
-- 500 letters of 4 bytes each, 2,000 times: more than a tsvector holds
select results_eq($$ select outcome from apartado.put_items(null, jsonb_build_array(
  jsonb_build_object('sku', 'many', 'title', 'Many', 'artists', (select jsonb_agg(jsonb_build_object('name', lpad(n::text, 500, '\u{1F3B5}'))) from generate_series(1, 1000) n),
                     'labels', (select jsonb_agg(jsonb_build_object('name', lpad('l' || n, 500, 'x'))) from generate_series(1, 1000) n)),
  jsonb_build_object('sku', 'next', 'title', 'Next')))
  $$, array['inserted', 'inserted'], 'one with thousands of long names stops no other');
select is((select count(*) from apartado.item_artists), 1000::bigint, 'all are kept');
select is((select string_agg(sku, ' ') from apartado.find_items(p_query => 'many')), 'many', 'it is found by its title');
select is((select string_agg(sku, ' ') from apartado.find_items(p_label => lpad('l1', 500, 'x'))), null, 'if not by the last of its names');
