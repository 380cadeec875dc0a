select plan(9);
select tests.members('ana'), tests.operator('olga');
insert into apartado.locations (code, name) values ('annex', 'Annex');
select from (select jsonb_agg(jsonb_build_object('sku', 's' || n, 'title', 'Shoe ' || n, 'parent', 'p' || n % 1000, 'price', n % 7)) as items
               from generate_series(0, 2999) n group by n / 1000) b cross join lateral apartado.put_items(null, b.items);
select from apartado.put_items(null, '[
  {"sku": "r-42", "title": "Runner - 42", "parent": "runner", "price": 2}, {"sku": "r-43", "title": "Runner - 43", "parent": "runner", "price": 1},
  {"sku": "r-44", "title": "Runner - 44", "parent": "runner", "price": 3, "visible": false}, {"sku": "R-42", "title": "Other", "parent": "Runner"}]');
select from apartado.adjust_stock(null, apartado.item_id('r-42'), 2, 'moved', 'annex');
analyze apartado.items, apartado.stock;
create function tests.found(p_after text default null) returns table (what text, cursor text) language sql as $$
  select concat_ws(' ', sku, location, parent), cursor from apartado.find_items(null, p_parent => 'runner', p_sort => 'price', p_after => p_after, p_limit => 2);
$$;
select results_eq('select what from tests.found()', $$values ('r-43 main runner'), ('r-42 main runner')$$, 'a page of the family');
select results_eq($$select what from tests.found((select max(cursor) from tests.found() where what ~ '42'))$$, $$values ('r-42 annex runner')$$, 'and the rest of it, the hidden one left out');
select is((select count(*) from apartado.find_items('olga', p_parent => 'runner')), 4::bigint, 'operators see that, too');
select is((select string_agg(sku, ' ') from apartado.find_items(null, p_parent => 'Runner')), 'R-42', 'a code is meant to the letter');
select is((select string_agg(sku, ' ') from apartado.find_items(null, p_parent => ' runner ', p_query => '43')), 'r-43', 'with other filters');
select is((select string_agg(sku, ' ') from apartado.find_items(null, p_parent => 'runner', p_status => 'available', p_location => 'annex')), 'r-42', 'and with a status');
select is((select count(*) from apartado.find_items(null, p_parent => 'nothing')), 0::bigint, 'a family that is not there');
select is((select count(*) from apartado.find_items(null, p_parent => ' ', p_limit => 200)), 200::bigint, 'a blank filter is none');
create temporary table before as select pg_stat_get_xact_numscans('apartado.items_of_a_parent'::regclass) as scans;
select from unnest('{newest,oldest,title,-title,price,-price,year,-year}'::text[]) o cross join lateral apartado.find_items(null, p_parent => 'p7', p_sort => o);
select is(pg_stat_get_xact_numscans('apartado.items_of_a_parent'::regclass) - scans, 8::bigint, 'found by the index, whatever the order') from before;
