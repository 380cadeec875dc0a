select plan(9);
select tests.members('ana');
select tests.refuses(format('select * from apartado.link_identity(''ana'', %L, ''s'')', v), 'RS205', 'issuer', 'issuer ' || left(v, 5)) from unnest(array['', ' ', repeat('i', 301)]) v;
select tests.refuses(format('select * from apartado.link_identity(''ana'', ''i'', %L)', v), 'RS205', 'subject', 'subject ' || coalesce(left(v, 5), 'none')) from unnest(array[null, '', repeat('s', 256)]) v;
select tests.refuses($$select * from apartado.link_identity('zoe', 'i', 's')$$, 'RS103', 'member', 'an unknown alias');
select tests.refuses($$select * from apartado.link_identity(null, 'i', 's')$$, 'RS601', 'member', 'nobody');
select lives_ok(format('select * from apartado.link_identity(''ana'', %L, %L)',
  (select string_agg(chr(70000 + n * 37 % 5000), '') from generate_series(1, 300) n), (select string_agg(chr(70000 + n * 41 % 5000), '') from generate_series(1, 255) n)), 'the longest fit');
