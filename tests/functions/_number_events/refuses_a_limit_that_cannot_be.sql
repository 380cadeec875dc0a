select plan(4);
select tests.refuses(format('select apartado._number_events(%s)', n), 'RS204', 'limit') from unnest(array['null', '0', '-1', '100001']) n;
