select plan(16);
select tests.operator('olga'), tests.members('ana', 'ben'), tests.item('disc'), tests.item('gone', p_visible => true);
create temporary table m as select * from apartado.put_media('olga', 'dam-1', 'https://dam.example/a', 'image/png', 'The sleeve');
select from apartado.put_page('olga', 'about', 'legal') a, apartado.put_page('olga', 'secret', 'legal', p_visible => false) b;
create temporary table linked as select l.* from m cross join lateral (
  select * from apartado.link_media(null, m.media_id, 'cover', p_item => apartado.item_id('disc')) union all
  select * from apartado.link_media(null, m.media_id, 'cover', p_item => apartado.item_id('gone')) union all
  select * from apartado.link_media(null, m.media_id, 'portrait', p_alias => 'ana') union all
  select * from apartado.link_media(null, m.media_id, 'hero', p_page => 'about') union all
  select * from apartado.link_media(null, m.media_id, 'hero', p_page => 'secret')) l;
select tests.held('gone', 'ana');
create temporary table i as select item_id from apartado.items where sku = 'gone';
update apartado.items set visible = false where sku = 'gone';
select results_eq($$select * from apartado.list_media(null, apartado.item_id('disc'))$$, $$select media_id, 'cover', 1, 'dam-1', 'https://dam.example/a', 'image/png', 'The sleeve', null from m$$, 'everybody, without who uploaded it');
select is(uploader, 'olga', 'whom operators see') from apartado.list_media('olga', apartado.item_id('disc'));
select tests.refuses(format('select * from apartado.list_media(%L, %s)', viewer, item_id), 'RS101', 'item', 'what is hidden is not there') from i cross join (values (null), ('ben')) v (viewer);
select is(count(*), 1::bigint, 'but for ' || viewer) from i cross join (values ('ana'), ('olga')) v (viewer) cross join lateral apartado.list_media(viewer, i.item_id) group by viewer;
select is(count(*), 1::bigint, viewer || ' sees what hangs at ana') from (values ('ana'), ('olga')) v (viewer) cross join lateral apartado.list_media(viewer, p_alias => 'ana') group by viewer;
select tests.refuses(format('select * from apartado.list_media(%L, p_alias => %L)', viewer, alias), 'RS103', 'alias', concat(viewer, ' asks for ', alias)) from (values (null, 'ana'), ('ben', 'ana'), ('ben', 'zoe')) v (viewer, alias);
select is(count(*), 1::bigint, 'a page') from apartado.list_media(null, p_page => 'about');
select tests.refuses($$select * from apartado.list_media('ana', p_page => 'secret')$$, 'RS312/missing', 'page', 'a hidden one');
select is(count(*), 1::bigint, 'is there for operators') from apartado.list_media('olga', p_page => 'secret');
select tests.refuses('select * from apartado.list_media(null)', 'RS205', 'item', 'of nothing');
select tests.refuses($$select * from apartado.list_media('zoe', p_location => 'main')$$, 'RS103', 'member', 'to nobody');
