select plan(19);
select tests.operator('olga'), tests.members('ana', 'ben'), tests.item('disc');
create temporary table m as select * from apartado.put_media('olga', 'dam-1', p_type => 'image');
select from apartado.anonymise(null, 'ben', 'why');
select tests.refuses(format('select * from apartado.link_media(null, %s, ''cover''%s)', media_id, at), code, field, at) from m cross join (values
  ('', 'RS205', 'item'), (', p_item => 1, p_location => ''main''', 'RS205', 'item'), (', p_item => -1', 'RS101', 'item'), (', p_alias => ''zoe''', 'RS103', 'alias'),
  (', p_location => ''till''', 'RS104/unknown', 'location'), (', p_page => ''about''', 'RS312/missing', 'page')) v (at, code, field);
select tests.refuses(format('select * from apartado.link_media(null, %s, ''portrait'', p_alias => %L)', media_id, alias), 'RS103', 'alias', 'nobody any more') from m cross join apartado.members where anonymised_at is not null;
select tests.refuses(format('select * from apartado.link_media(null, %s, %L, p_location => ''main'')', media_id, role), 'RS205', 'role', coalesce(left(role, 60), 'null')) from m cross join (values
  (null), (''), ('Cover'), ('the cover'), (repeat('x', 51))) v (role);
select tests.refuses(format('select * from apartado.link_media(null, %s, ''cover'', p_location => ''main'', p_place => %s)', media_id, place), 'RS204', 'place', place::text) from m cross join (values (0), (1001)) v (place);
select tests.refuses('select * from apartado.link_media(null, -1, ''cover'', p_location => ''main'')', 'RS312/missing', 'media', 'there is none');
select tests.refuses(format('select * from apartado.link_media(''ana'', %s, ''cover'', p_location => ''main'')', media_id), 'RS602', 'actor', 'a member may not') from m;
select is(count(*), 100::bigint, 'a hundred may hang there') from m cross join generate_series(1, 100) n cross join lateral apartado.link_media(null, m.media_id, 'role-' || n, p_location => 'main');
select tests.refuses(format('select * from apartado.link_media(null, %s, ''cover'', p_location => ''main'')', media_id), 'RS204', 'media', 'and no more') from m;
select is(l.place, 7, 'those may go elsewhere') from m cross join lateral apartado.link_media(null, m.media_id, 'role-1', p_location => 'main', p_place => 7) l;
