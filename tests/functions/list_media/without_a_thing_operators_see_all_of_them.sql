select plan(10);
select tests.operator('olga'), tests.members('ana', 'ben'), tests.item('disc');
create temporary table m as select g.n, p.media_id
  from generate_series(1, 4) with ordinality g (n) cross join lateral apartado.put_media(null, 'dam-' || g.n, null, 'image/png', 'Number ' || g.n, 'ben') p;
select from m cross join lateral apartado.link_media(null, m.media_id, 'gallery', p_item => apartado.item_id('disc'), p_place => 3) l where m.n in (1, 3);
select from m cross join lateral apartado.link_media(null, m.media_id, 'portrait', p_alias => 'ana') l where m.n in (2, 3);
select results_eq($$select media_id, role, place, asset_id, url, type, description, uploader from apartado.list_media('olga')$$, $$
  select m.media_id, r.role, r.place, 'dam-' || m.n, null, 'image/png', 'Number ' || m.n, 'ben'
    from m join (values (1, 'gallery', 3), (2, 'portrait', 1), (3, 'gallery', 3), (4, null, null)) r (n, role, place) on r.n = m.n order by m.media_id$$,
  'each once, as it was linked first; what hangs nowhere in no role');
select is(string_agg(asset_id, ' '), 'dam-1 dam-2', 'as many as are asked for') from apartado.list_media('olga', p_limit => 2);
select is(string_agg(l.asset_id, ' '), 'dam-3', 'and on from there') from m cross join lateral apartado.list_media('olga', p_after => m.media_id, p_limit => 1) l where m.n = 2;
select is_empty(format($$select * from apartado.list_media('olga', p_after => %s)$$, (select max(media_id) from m)), 'until there are none');
select results_eq($$select l.asset_id from m cross join lateral apartado.list_media('olga', apartado.item_id('disc'), p_after => m.media_id, p_limit => 1) l where m.n = 4$$,
  array['dam-1', 'dam-3'], 'of a thing all are listed');
select tests.refuses(format('select * from apartado.list_media(%L)', viewer), 'RS205', 'item', concat('not to ', viewer)) from (values (null), ('ana')) v (viewer);
select tests.refuses($$select * from apartado.list_media('olga', apartado.item_id('disc'), 'ana')$$, 'RS205', 'item', 'two things are one too many');
select tests.refuses(format('select * from apartado.list_media(''olga'', p_limit => %s)', n), 'RS204', 'limit', n || ' are none') from unnest('{0,1001}'::integer[]) n;
