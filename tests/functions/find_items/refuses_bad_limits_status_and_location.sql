select plan(8);
select throws_ok($$ select * from apartado.find_items(p_limit => 0) $$, 'RS204', null, 'none');
select throws_ok($$ select * from apartado.find_items(p_limit => 201) $$, 'RS204', null, 'too many');
select throws_ok($$ select * from apartado.find_items(p_limit => null) $$, 'RS204', null, 'null');
select throws_ok($$ select * from apartado.find_items(p_query => repeat('x', 501)) $$, 'RS204', null, 'a query that is too long');
select throws_ok($$ select * from apartado.find_items(p_status => 'broken') $$, 'RS205', null, 'no such status');
select throws_ok($$ select * from apartado.find_items(p_location => 'nowhere') $$, 'RS104', null, 'no such location');
select throws_ok($$ select * from apartado.find_items('nobody') $$, 'RS103', null, 'no such member');
select is_empty($$ select * from apartado.find_items(p_status => 'upcoming') $$, 'a status that nothing has');
