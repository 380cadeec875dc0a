select plan(11);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.members('ana');
create temporary table m as select * from apartado.put_media('olga', ' dam-1 ', 'https://dam.example/a.jpg?w=1#top', 'image/jpeg', 'The sleeve');
select results_eq('select asset_id, url, type, description, uploader, created_at, changed_at from m',
  $$values ('dam-1', 'https://dam.example/a.jpg?w=1#top', 'image/jpeg', 'The sleeve', 'olga', timestamptz '2030-01-01 12:00Z', timestamptz '2030-01-01 12:00Z')$$, 'made');
select tests.advance('1 hour');
select results_eq($$select p.* from apartado.put_media(null, 'dam-1') p$$, 'select * from m', 'known by its asset id; nothing is said, nothing changes');
select results_eq($$select p.url, p.type, p.description, p.uploader, p.changed_at from apartado.put_media(null, 'dam-1', '', 'video', '  ', 'ana') p$$,
  $$values (null, 'video', null, 'ana', timestamptz '2030-01-01 13:00Z')$$, 'an empty text empties, and somebody else uploaded it');
select results_eq($$select p.asset_id, p.url from m cross join lateral apartado.put_media(null, 'dam-2', 'http://192.0.2.5:8080', p_media => m.media_id) p$$,
  $$values ('dam-2', 'http://192.0.2.5:8080')$$, 'known by its number, and moved');
select results_eq($$select p.asset_id, p.uploader from m cross join lateral apartado.put_media(null, '', p_media => m.media_id) p$$, $$values (null, 'ana')$$, 'out of the DAM');
select isnt(p.media_id, m.media_id, 'with neither it is another') from m cross join lateral apartado.put_media(null, p_url => 'http://192.0.2.5:8080', p_type => 'image') p;
select is(uploader, null, 'a database role is nobody here') from apartado.put_media(null, 'dam-3', p_type => 'application/vnd.oasis.opendocument.text');
select is(string_agg(kind, ' ' order by event_id), 'media.created media.changed media.changed media.changed media.created media.created', 'each change is told, and only changes') from apartado.events where kind like 'media.%';
select apartado._number_events(1000);
select is(data - '{actor,at}'::text[], jsonb_build_object('media_id', m.media_id, 'asset_id', 'dam-1', 'type', 'image/jpeg'), 'to operators, without its address') from apartado.list_events('olga', 0) cross join m where kind = 'media.created' limit 1;
select is_empty($$select * from apartado.list_events('ana', 0) where kind like 'media.%'$$, 'and to nobody else');
select tests.commits();
