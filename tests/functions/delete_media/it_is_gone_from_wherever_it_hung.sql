select plan(8);
select tests.operator('olga'), tests.members('ana'), tests.item('disc');
create temporary table m as select * from apartado.put_media('olga', 'dam-1', 'https://dam.example/a', 'image');
create temporary table linked as select l.* from m cross join lateral apartado.link_media('olga', m.media_id, 'cover', p_item => apartado.item_id('disc')) l;
insert into linked select l.* from m cross join lateral apartado.link_media('olga', m.media_id, 'portrait', p_alias => 'ana') l;
select tests.refuses(format('select * from apartado.delete_media(%L, %s)', 'ana', media_id), 'RS602', 'actor', 'a member may not') from m;
create temporary table first as select d.* from m cross join lateral apartado.delete_media('olga', m.media_id, 'k') d;
select results_eq('select * from first', 'select media_id, asset_id, url, 2 from m', 'as it was');
select results_eq($$select d.* from m cross join lateral apartado.delete_media('olga', m.media_id, 'k') d$$, 'select * from first', 'the same key gives the same answer');
select tests.refuses(format('select * from apartado.delete_media(%L, %s)', 'olga', media_id), 'RS312/missing', 'media', 'there is none any more') from m;
select tests.refuses('select * from apartado.delete_media(null, null)', 'RS312/missing', 'media', 'null');
select is_empty($$select * from apartado.list_media(null, apartado.item_id('disc'))$$, 'nothing hangs there');
select is(string_agg(concat_ws(' ', kind, member_id is not null), ', ' order by kind), 'media.deleted f, media.unlinked f, media.unlinked t', 'told, to the member, too')
  from apartado.events where kind ~ '^media.(deleted|unlinked)$';
select tests.commits();
