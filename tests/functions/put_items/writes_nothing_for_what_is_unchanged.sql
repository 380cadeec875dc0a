select plan(4);
select * from apartado.put_items(null, '[{"sku": "a", "title": "A", "price": 12.505, "artists": ["X"], "labels": [{"name": "L"}], "tracklist": ["T"], "quantity": 2}]');
create temporary table before as
  select (select count(*) from apartado.events) as events, i.ctid as item, s.version
    from apartado.items i join apartado.stock s using (item_id) where i.sku = 'a';
select is(
  (select outcome from apartado.put_items(null, '[{"sku": "a", "title": " A ", "price": "12.505", "currency": "EUR", "artists": [{"name": "X"}], "labels": ["L"], "tracklist": [{"title": "T"}], "quantity": 2, "visible": true}]')),
  'unchanged', 'the same in other words');
select is((select s.version from apartado.stock s where s.item_id = apartado.item_id('a')), (select version from before), 'the stock row is not bumped');
select is((select i.ctid from apartado.items i where i.sku = 'a'), (select item from before), 'the item is not written');
select is((select count(*) from apartado.events), (select events from before), 'nothing is told');
