select plan(9);
select tests.operator('olga');
create temporary table said (event_id bigint);
create function tests.newly() returns text language sql as $$
  with new as (insert into said select e.event_id from apartado.events e where not exists (select from said s where s.event_id = e.event_id) returning event_id)
  select string_agg(concat_ws(' ', e.kind, e.details ->> 'reason'), ', ' order by e.event_id) from apartado.events e join new using (event_id) $$;
select from apartado.put_items('olga', '[{"sku": "a"}, {"sku": "b", "title": "B", "quantity": 2}, {"sku": "c", "title": "C"}]', 'k', 'the spring list');
select is(tests.newly(), 'stock.changed the spring list, stock.changed the spring list', 'new ones come with the reason');
update apartado.locations set name = 'Elsewhere' where code = 'main';
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'location.changed', 'what comes after in the same transaction of new ones has not the same reason');
select from tests.newly();
select from apartado.put_items('olga', '[{"sku": "b", "price": "7", "quantity": 4}, {"sku": "c", "price": "8", "quantity": 5}]', p_reason => 'a recount');
select is(tests.newly(), 'stock.changed a recount, item.changed a recount, stock.changed a recount, item.changed a recount', 'so does every change');
select from apartado.put_items('olga', '[{"sku": "b", "price": "8"}]', p_reason => 'a sale');
update apartado.locations set name = 'Main' where code = 'main';
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'location.changed', 'what comes after in the same transaction has not the same reason');
select from tests.newly();
select from apartado.put_items('olga', '[{"sku": "b", "price": "9", "quantity": 5}, {"sku": "d", "title": "D"}]');
select is(tests.newly(), 'stock.changed, stock.changed put_items, item.changed', 'without one they tell what they told');
select tests.refuses($$select * from apartado.put_items('olga', '[{"sku": "a"}, {"sku": "b", "title": "B", "quantity": 2}, {"sku": "c", "title": "C"}]', 'k')$$, 'RS310', 'idempotency_key', 'without the reason it is another request');
select tests.refuses(format('select * from apartado.put_items(''olga'', ''[{"sku": "b"}]'', p_reason => %L)', r), 'RS205', 'reason', 'also where nothing changes') from unnest(array[' ', repeat('x', 501)]) r;
select tests.commits();
