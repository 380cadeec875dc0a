select plan(6);
select tests.operator('olga'), tests.members('ana', 'ben'), tests.item('disc');
create temporary table m as select * from apartado.put_media('olga', 'dam-1', p_type => 'image');
select from apartado.put_page('olga', 'about', 'legal');
select is(count(*), 4::bigint, 'the same one at four') from m
 cross join lateral (select * from apartado.link_media('olga', m.media_id, 'cover', p_item => apartado.item_id('disc')) union all
                     select * from apartado.link_media('olga', m.media_id, 'portrait', p_alias => ' Ana') union all
                     select * from apartado.link_media('olga', m.media_id, 'front', p_location => 'main') union all
                     select * from apartado.link_media('olga', m.media_id, 'hero', p_page => 'about')) l;
select results_eq($$select role, place from apartado.list_media(null, p_location => 'main') union all select role, place from apartado.list_media(null, p_page => 'about')
                    union all select role, place from apartado.list_media('ana', p_alias => 'ana')$$, $$values ('front', 1), ('hero', 1), ('portrait', 1)$$, 'each there');
select apartado._number_events(1000);
select results_eq($$select data - '{media_id,actor,at}'::text[] from apartado.list_events('olga', 0) where kind = 'media.linked' order by pos$$,
  $$select jsonb_build_object('role', v.role, 'place', 1) || v.at from (values
    ('cover', jsonb_build_object('item_id', apartado.item_id('disc'))), ('portrait', '{"member": "ana"}'), ('front', '{"location": "main"}'),
    ('hero', (select jsonb_build_object('page_id', page_id) from apartado.pages))) v (role, at)$$, 'operators are told where');
select results_eq($$select data - '{media_id,at}'::text[] from apartado.list_events('ana', 0) where kind = 'media.linked'$$, $$values ('{"role": "portrait", "place": 1}'::jsonb)$$, 'the member what is theirs');
select is_empty($$select * from apartado.list_events('ben', 0) where kind like 'media.%'$$, 'and others nothing');
select tests.commits();
