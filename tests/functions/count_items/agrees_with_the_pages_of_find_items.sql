select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('free'), tests.item('held'), tests.item('sold', p_restock => false),
       tests.item('wanted'), tests.item('hidden', p_visible => false), tests.item('shown', p_for_sale => false);
insert into apartado.locations (code, name) values ('annex', 'Annex');
select from apartado.adjust_stock(null, apartado.item_id('free'), 3, 'moved', 'annex');
select from apartado.put_items(null, '[{"sku": "free", "parent": "family", "price": "7", "year": 1970}, {"sku": "sold", "parent": "family"}]');
select tests.held('held', 'ana'), tests.held('wanted', 'ana'), tests.waiting('wanted', 'ben');
select from apartado.mark_sold(null, apartado.item_id('sold'));
create temporary table status as
  select unnest('{hidden,reserved,offered,in_queue,sold,upcoming,ended,not_for_sale,in_cart,available,reserved_by_others}'::text[]) as status union all select null;
create temporary table viewer as select unnest('{ana,ben,olga}'::text[]) as viewer union all select null;
create temporary view counted as
  select viewer, status, (select count(*) from apartado.find_items(viewer, p_status => status)) as found, c.total, c.more
    from viewer cross join status cross join lateral apartado.count_items(viewer, p_status => status) c;
select is((select count(*) from counted where found is distinct from total or more), 0::bigint, 'whoever asks, for whatever status');
select is((select string_agg(concat_ws(' ', viewer, total), ', ' order by viewer) from counted where status is null), 'ana 6, ben 6, olga 7, 6', 'what is hidden is not counted for everybody');
select tests.advance('8 days');
select is((select count(*) from counted where found is distinct from total), 0::bigint, 'also between a deadline and the sweep');
select is((select total from apartado.count_items(p_parent => 'family')), 3, 'of a family, a row for each location');
select is((select total from apartado.count_items(p_query => 'free', p_price_from => 7, p_year_to => 1970, p_location => 'annex')), 1, 'with other filters');
select results_eq($$select total, more from apartado.count_items(p_artist => 'nobody')$$, $$values (0, false)$$, 'nothing is nothing');
