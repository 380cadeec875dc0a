select plan(11);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga');
create temporary table p as select * from apartado.put_page('olga', 'stories/blue-note', 'story', ' Blue Note ', 'How it began', 'cms-1', p_sections => '[
  {"slug": "intro", "type": "text", "cms_id": "cms-2"}, {"slug": "sleeves", "type": "gallery", "seo_title": "Sleeves", "seo_description": null}]');
select results_eq('select slug, type, seo_title, seo_description, cms_id, visible, created_at, changed_at from p',
  $$values ('stories/blue-note', 'story', 'Blue Note', 'How it began', 'cms-1', true, timestamptz '2030-01-01 12:00Z', timestamptz '2030-01-01 12:00Z')$$, 'made');
select is(sections, '[{"slug": "intro", "type": "text", "seo_title": null, "seo_description": null, "cms_id": "cms-2"},
  {"slug": "sleeves", "type": "gallery", "seo_title": "Sleeves", "seo_description": null, "cms_id": null}]', 'with its sections') from p;
select tests.advance('1 hour');
select results_eq($$select * from apartado.put_page('olga', 'stories/blue-note')$$, 'select * from p', 'nothing is said, nothing changes');
select results_eq($$select * from apartado.put_page('olga', 'stories/blue-note', 'story', p_sections => (select sections from p))$$, 'select * from p', 'nor when it is said again');
select results_eq($$select type, seo_title, cms_id, visible, sections, changed_at from apartado.put_page(null, 'stories/blue-note', 'essay', '', p_visible => false, p_sections => 'null')$$,
  $$select 'essay', null::text, 'cms-1', false, sections, timestamptz '2030-01-01 13:00Z' from p$$, 'an empty text empties');
select tests.advance('1 hour');
select results_eq($$select sections, changed_at from apartado.put_page(null, 'stories/blue-note', p_sections => (select jsonb_build_array(sections -> 1, sections -> 0) from p))$$,
  $$select jsonb_build_array(sections -> 1, sections -> 0), timestamptz '2030-01-01 14:00Z' from p$$, 'sections in another order');
select tests.advance('1 hour');
select is(sections, '[]', 'none') from apartado.put_page(null, 'stories/blue-note', p_sections => '[]');
select is(visible, false, 'one may be made that is hidden') from apartado.put_page(null, 'hidden', 'story', p_visible => false);
select is(string_agg(kind, ' ' order by event_id), 'page.created page.changed page.changed page.changed page.created', 'each change is told, and only changes') from apartado.events where kind like 'page.%';
select apartado._number_events(1000);
select is(count(*), 0::bigint, 'to operators only') from apartado.list_events(null, 0) where kind like 'page.%';
select tests.commits();
