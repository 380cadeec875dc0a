select plan(1);
select tests.item('disc');
create temporary table m as select media_id, n from generate_series(1, 2) n, apartado.put_media(null, 'dam-' || n, p_type => 'image');
select l.* from m, apartado.link_media(null, m.media_id, 'cover', p_item => apartado.item_id('disc')) l;
select u.* from m, apartado.unlink_media(null, m.media_id, p_item => apartado.item_id('disc')) u where m.n = 1;
select results_eq('select media_id from apartado.media_links', 'select media_id from m where n = 2', 'the other cover');
