select plan(1);
select * from apartado.put_items(null, '[{"sku": "a", "title": "A"}]');
set transaction read only;
select is((select count(*) from apartado.find_items(p_query => 'a', p_status => 'available', p_sort => 'title')), 1::bigint, 'it only reads');
