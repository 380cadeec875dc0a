select plan(9);
select tests.item('a'), tests.item('b');
insert into apartado.locations (code, name) values ('annex', 'Annex');
select from apartado.adjust_stock(null, apartado.item_id('a'), 1, 'moved', 'annex');
create temporary table before as select stock_id, item_id, version from apartado.stock;
create temporary view bumped as
  select string_agg(i.sku, ' ' order by s.stock_id) as skus
    from apartado.stock s join before b using (stock_id) join apartado.items i on i.item_id = s.item_id where s.version > b.version;

update apartado.items set price = 20, changed_at = apartado.clock() where sku = 'a';
select is((select array_agg(distinct s.price::text) from apartado.stock s join apartado.items i using (item_id) where sku = 'a'), '{20.00}', 'price');
select is((select skus from bumped), 'a a', 'both rows of the item are bumped, and no other');
update apartado.items set visible = false where sku = 'a';
select is((select array_agg(distinct open) from apartado.stock s join apartado.items i using (item_id) where sku = 'a'), '{f}', 'visibility');
update apartado.items set visible = true, for_sale = false where sku = 'a';
select is((select array_agg(distinct open) from apartado.stock s join apartado.items i using (item_id) where sku = 'a'), '{f}', 'for sale');
update apartado.items set for_sale = true, restock = false, currency = 'JPY' where sku = 'a';
select is((select array_agg(distinct concat_ws(' ', s.open, s.restock, s.currency)) from apartado.stock s join apartado.items i using (item_id) where sku = 'a'), '{"t f JPY"}', 'restock and currency');
update apartado.policies set hold = interval '1 hour', active_limit = 2, queue_limit = 3;
select is((select array_agg(distinct concat_ws(' ', hold, active_limit, queue_limit)) from apartado.stock), '{"01:00:00 2 3"}', 'a policy reaches all');
select is((select skus from bumped), 'a b a', 'and bumps them');
create temporary table settled as select stock_id, version from apartado.stock;
update apartado.items set title = 'Another', notes = 'no rule';
update apartado.policies set hold = interval '1 hour';
select results_eq('select stock_id, version from apartado.stock order by 1', 'select * from settled order by 1', 'what is no rule bumps nothing');
select tests.commits();
