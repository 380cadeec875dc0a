select plan(5);
select tests.refuses(format('select * from apartado.list_events(null, p_limit => %s)', n), 'RS204', 'limit') from unnest(array['null', '0', '-1', '1001']) n;
select tests.refuses($$select * from apartado.list_events('zoe')$$, 'RS103', 'member', 'an unknown alias');
