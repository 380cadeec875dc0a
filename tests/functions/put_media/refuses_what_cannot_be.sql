select plan(33);
select tests.members('ana');
create temporary table m as select * from apartado.put_media(null, 'dam-1', p_type => 'image');
select from apartado.put_media(null, 'dam-2', p_type => 'image');
select tests.refuses(format('select * from apartado.put_media(null, null, %L, ''image'')', url), 'RS205', 'url', coalesce(left(url, 60), 'null')) from (values
  (null), (''), ('dam.example'), ('ftp://dam.example'), ('https://'), ('https:///path'), ('https://ana:secret@dam.example'), ('https://dam.example/a b'), ('https://dam.example/"'),
  (E'https://dam.example/\n'), (U&'https://dam.example/\202E'), ('javascript:alert(1)'), ('data:image/png;base64,AAAA'), ('https://dam.example/' || repeat('x', 2000))) v (url);
select tests.refuses(format('select * from apartado.put_media(null, %L, p_type => ''image'')', asset), 'RS205', field, left(asset, 60)) from (values
  (' ', 'url'), (repeat('x', 201), 'asset_id'), (U&'dam\200B', 'asset_id'), (E'dam\n1', 'asset_id')) v (asset, field);
select tests.refuses(format('select * from apartado.put_media(null, ''dam-3'', p_type => %L)', type), 'RS205', 'type', coalesce(left(type, 60), 'null')) from (values
  (null), (''), ('Image'), ('image/'), ('image/jpeg; q=1'), ('image/' || repeat('x', 100))) v (type);
select tests.refuses(format('select * from apartado.put_media(null, ''dam-3'', p_type => ''image'', p_description => %L)', repeat('x', 2001)), 'RS205', 'description', 'too long');
select tests.refuses($$select * from apartado.put_media(null, 'dam-3', p_type => 'image', p_uploader => 'zoe')$$, 'RS103', 'uploader', 'nobody is called so');
select tests.refuses('select * from apartado.put_media(null, p_type => ''image'', p_media => -1)', 'RS312/missing', 'media', 'there is none');
select tests.refuses(format('select * from apartado.put_media(null, '''', p_media => %s)', media_id), 'RS205', 'url', 'it would be nowhere') from m;
select tests.refuses(format('select * from apartado.put_media(null, ''dam-2'', p_media => %s)', media_id), 'RS312/taken', 'asset_id', 'another is called so') from m;
select tests.refuses($$select * from apartado.put_media('ana', 'dam-3', p_type => 'image')$$, 'RS602', 'actor', 'a member may not');
select tests.acts('anonymous');
select tests.refuses($$select * from apartado.put_media(null, 'dam-3', p_type => 'image')$$, 'RS601', 'actor', 'nor nobody');
select is(tests.as_role('stranger', 'select url from apartado.put_media(null, ''dam-3'', p_type => ''image'')'), '42501', 'nor a stranger');
select tests.commits();
