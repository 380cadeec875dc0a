select plan(10);
select tests.operator('olga'), tests.members('ana'), tests.item('disc'), tests.item('lp');
create temporary table m as select * from apartado.put_media('olga', 'dam-1', p_type => 'image');
create temporary table linked as select l.* from m cross join (values ('disc', 'cover'), ('disc', 'gallery'), ('disc', 'back'), ('lp', 'cover')) v (sku, role)
 cross join lateral apartado.link_media('olga', m.media_id, v.role, p_item => apartado.item_id(v.sku)) l;
create temporary table first as select u.* from m cross join lateral apartado.unlink_media('olga', m.media_id, 'back', p_item => apartado.item_id('disc'), p_idempotency_key => 'k') u;
select results_eq('select * from first', 'select media_id, 1 from m', 'in one role');
select results_eq($$select u.* from m cross join lateral apartado.unlink_media('olga', m.media_id, 'back', p_item => apartado.item_id('disc'), p_idempotency_key => 'k') u$$, 'select * from first', 'the same key gives the same answer');
select is(u.unlinked, 0, 'once') from m cross join lateral apartado.unlink_media('olga', m.media_id, 'back', p_item => apartado.item_id('disc')) u;
select is(u.unlinked, 2, 'in every role') from m cross join lateral apartado.unlink_media(null, m.media_id, p_item => apartado.item_id('disc')) u;
select is(string_agg(sku, ' '), 'lp', 'elsewhere it hangs still') from apartado.media_links join apartado.items using (item_id);
select is(count(*), 3::bigint, 'each is told') from apartado.events where kind = 'media.unlinked';
select tests.refuses('select * from apartado.unlink_media(null, -1, p_location => ''main'')', 'RS312/missing', 'media', 'there is none');
select tests.refuses(format('select * from apartado.unlink_media(null, %s)', media_id), 'RS205', 'item', 'from nothing') from m;
select tests.refuses(format('select * from apartado.unlink_media(''ana'', %s, p_location => ''main'')', media_id), 'RS602', 'actor', 'a member may not') from m;
select tests.commits();
