select plan(4);
select tests.refuses($$select * from apartado.count_items(p_location => 'moon')$$, 'RS104/unknown', 'location');
select tests.refuses($$select * from apartado.count_items(p_status => 'lost')$$, 'RS205', 'status');
select tests.refuses($$select * from apartado.count_items(p_query => repeat('a', 501))$$, 'RS204', 'query');
select tests.refuses($$select * from apartado.count_items('nobody')$$, 'RS103', 'member');
