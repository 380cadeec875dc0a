select plan(1);
select throws_ok($$ select * from apartado.find_items(p_sort => 'price; drop table') $$, 'RS205', null, 'no other');
