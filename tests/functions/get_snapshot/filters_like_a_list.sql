select plan(5);
select tests.members('ana'), tests.item('a'), tests.item('b');
select is((select jsonb_array_length(statuses) from apartado.get_snapshot(null, array[apartado.item_id('b'), -1])), 1, 'some items');
select is((select statuses from apartado.get_snapshot(null, '{}')), '[]', 'none');
select is((select jsonb_array_length(statuses) from apartado.get_snapshot(null, p_location => 'main')), 2, 'a location');
select tests.refuses($$select * from apartado.get_snapshot(null, p_location => 'mars')$$, 'RS104/unknown', 'location', 'an unknown location');
select tests.refuses($$select * from apartado.get_snapshot('zoe')$$, 'RS103', 'member', 'an unknown alias');
