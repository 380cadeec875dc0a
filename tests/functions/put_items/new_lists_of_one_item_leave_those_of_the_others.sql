select plan(3);
create function pg_temp.put(p_sku text, p_name text) returns bigint language sql as $$
  select count(*) from apartado.put_items(null, jsonb_build_array(jsonb_build_object('sku', p_sku, 'title', 'T', 'artists', array[p_name], 'labels', array[p_name],
    'tracklist', array[p_name], 'videos', array['https://shop.example/' || p_name], 'images', array['https://shop.example/' || p_name])))
$$;
create function pg_temp.lists(p_sku text) returns text language sql as $$
  select concat_ws(' ', artists, labels, tracklist, videos, images) from apartado.get_item(null, apartado.item_id(p_sku))
$$;
select is(pg_temp.put('a', 'ana') + pg_temp.put('b', 'ben'), 2::bigint, 'two items');
create temporary table before as select pg_temp.lists('b') as lists;
select is(pg_temp.put('a', 'cai'), 1::bigint, 'one changes');
select is(pg_temp.lists('b'), lists, 'each list of the other is as it was') from before;
