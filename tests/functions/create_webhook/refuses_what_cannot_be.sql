select plan(37);
select tests.members('ana');
select tests.refuses(format('select * from apartado.create_webhook(null, %L)', url), 'RS205', 'url', coalesce(left(url, 60), 'null')) from (values
  (null), (''), ('shop.example'), ('ftp://shop.example'), ('https://'), ('https:///path'), ('https://ana:secret@shop.example'), ('https://shop.example/a b'),
  ('https://shop.example/#part'), (E'https://shop.example/\n'), ('HTTP://shop.example/in'), ('http://shop.example:0/'), ('http://shop.example:99999'), ('http://shop.example:65536?a'),
  ('http://[::1]:123456/'), ('http://shop.example:in/'), ('http://:8741/'), ('http:///in'), ('javascript:alert(1)'), ('https://shop.example/' || repeat('x', 2000))) v (url);
select matches(tests.detail_of(format('select * from apartado.create_webhook(null, %L)', url)), 'expected: http or https in small letters, without user and #, port 1 to 65535', 'it says why: ' || url) from (values
  ('https://ana:secret@shop.example'), ('https://shop.example/#part'), ('HTTP://shop.example/in')) v (url);
select tests.refuses(format('select * from apartado.create_webhook(null, %L, %L)', 'https://shop.example', kinds), 'RS205', 'kinds', left(kinds, 60)) from (values
  ('{}'), ('{NULL}'), ('{reservation}'), ('{RESERVATION.CREATED}'), ('{" reservation.created"}'), ('{reservation.created,reservation.create}'), ('{{a.b},{c.d}}'), ('{' || repeat('a.b,', 100) || 'a.b}')) v (kinds);
select is(tests.detail_of($$select * from apartado.create_webhook(null, 'https://shop.example', '{stock.lo}')$$), 'kind: stock.lo, known: stock.changed, stock.low, stock.recovered', 'what there is to hear of the same thing is said');
select tests.refuses($$select * from apartado.create_webhook('ana', 'https://shop.example')$$, 'RS602', 'actor', 'a member may not');
select is(count(*), 20::bigint, 'twenty there may be') from generate_series(1, 20) n cross join lateral apartado.create_webhook(null, 'https://shop.example/' || n);
select tests.refuses($$select * from apartado.create_webhook(null, 'https://shop.example')$$, 'RS204', 'webhook', 'and no more');
select tests.acts('anonymous');
select tests.refuses($$select * from apartado.create_webhook(null, 'https://shop.example')$$, 'RS601', 'actor', 'nor nobody');
select is(tests.as_role('stranger', 'select url from apartado.create_webhook(null, ''https://shop.example'')'), '42501', 'nor a stranger');
