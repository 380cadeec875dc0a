select plan(36);
select tests.members('ana');
select tests.refuses(format('select * from apartado.put_page(null, %L, ''story'')', slug), 'RS205', 'slug', coalesce(left(slug, 60), 'null')) from (values
  (null), (''), ('About'), ('/about'), ('about/'), ('a//b'), ('a b'), ('-a'), ('über'), (repeat('x', 201))) v (slug);
select tests.refuses(format('select * from apartado.put_page(null, ''about'', %L)', type), 'RS205', 'type', coalesce(left(type, 60), 'null')) from (values (null), (''), ('Story'), (repeat('x', 51))) v (type);
select tests.refuses(format('select * from apartado.put_page(null, ''about'', ''story'', p_%s => %L)', field, repeat('x', longest + 1)), 'RS205', field, field) from (values
  ('seo_title', 200), ('seo_description', 1000), ('cms_id', 200)) v (field, longest);
select tests.refuses(format('select * from apartado.put_page(null, ''about'', ''story'', p_sections => %L)', sections), 'RS205', 'sections', left(sections, 60)) from (values
  ('{}'), ('"intro"'), ('["intro"]'), ('[null]'), ('[{}]'), ('[{"slug": "a"}]'), ('[{"type": "a"}]'), ('[{"slug": "A", "type": "a"}]'), ('[{"slug": "a", "type": "A"}]'), ('[{"slug": "a", "type": 1}]'),
  ('[{"slug": ["a"], "type": "a"}]'), ('[{"slug": "a", "type": "a", "title": "A"}]'), ('[{"slug": "a", "type": "a"}, {"slug": "a", "type": "b"}]'),
  ('[{"slug": "a", "type": "a", "cms_id": "' || repeat('x', 201) || '"}]')) v (sections);
select tests.refuses(format('select * from apartado.put_page(null, ''about'', ''story'', p_sections => %L)', (select jsonb_agg(jsonb_build_object('slug', 's' || n, 'type', 'text')) from generate_series(1, 101) n)),
  'RS204', 'sections', 'more than a hundred sections');
select tests.refuses($$select * from apartado.put_page('ana', 'about', 'story')$$, 'RS602', 'actor', 'a member may not');
select is(count(*), 1000::bigint, 'a thousand there may be') from generate_series(1, 1000) n cross join lateral apartado.put_page(null, 'p' || n, 'story');
select tests.refuses($$select * from apartado.put_page(null, 'about', 'story')$$, 'RS204', 'slug', 'and no more');
select is(tests.detail_of($$select * from apartado.put_page(null, 'about', 'story', p_sections => '[{"slug": "a", "type": "a", "titel": "A"}]')$$),
  'known: slug, type, seo_title, seo_description, cms_id, number: 1', 'which parts a section has');
