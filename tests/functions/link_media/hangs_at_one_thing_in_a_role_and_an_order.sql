select plan(12);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.members('ana', 'ben'), tests.item('disc');
create temporary table m as select n, (apartado.put_media('olga', 'dam-' || n, p_type => 'image')).media_id from generate_series(1, 3) n;
create temporary table front as select l.* from m cross join lateral apartado.link_media('olga', m.media_id, 'cover', p_item => apartado.item_id('disc'), p_idempotency_key => 'k') l where n = 1;
select results_eq('select * from front', $$select media_id, 'cover', 1 from m where n = 1$$, 'the first');
select is(l.place, 2, 'after it') from m cross join lateral apartado.link_media('olga', m.media_id, 'gallery', p_item => apartado.item_id('disc')) l where n = 2;
select is(l.place, 3, 'the first one in another role') from m cross join lateral apartado.link_media('olga', m.media_id, 'gallery', p_item => apartado.item_id('disc')) l where n = 1;
select is(l.place, 1, 'at a place of its own') from m cross join lateral apartado.link_media('olga', m.media_id, 'gallery', p_item => apartado.item_id('disc'), p_place => 1) l where n = 3;
create function pg_temp.order_of(p_sku text) returns text language sql as
  $$ select string_agg(concat_ws(' ', asset_id, role, place), ', ') from apartado.list_media(null, apartado.item_id(p_sku)) $$;
select is(pg_temp.order_of('disc'), 'dam-1 cover 1, dam-3 gallery 1, dam-2 gallery 2, dam-1 gallery 3', 'of the same place who came first');
select is(l.place, 1000, 'put last') from m cross join lateral apartado.link_media('olga', m.media_id, 'cover', p_item => apartado.item_id('disc'), p_place => 1000) l where n = 1;
select is(l.place, 1000, 'where it is') from m cross join lateral apartado.link_media('olga', m.media_id, 'cover', p_item => apartado.item_id('disc')) l where n = 1;
select is(l.place, 1000, 'and after it, too') from m cross join lateral apartado.link_media('olga', m.media_id, 'back', p_item => apartado.item_id('disc')) l where n = 3;
select is(pg_temp.order_of('disc'), 'dam-3 gallery 1, dam-2 gallery 2, dam-1 gallery 3, dam-1 cover 1000, dam-3 back 1000', 'in this order');
select results_eq($$select l.* from m cross join lateral apartado.link_media('olga', m.media_id, 'cover', p_item => apartado.item_id('disc'), p_idempotency_key => 'k') l where n = 1$$,
  'select * from front', 'the same key gives the same answer');
select is(count(*), 6::bigint, 'each link and each other place is told, and nothing else') from apartado.events where kind = 'media.linked';
select tests.commits();
