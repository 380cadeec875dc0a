select plan(29);
-- whatever waits and whatever is due, looking and doing come to the same
select tests.freeze('2030-01-01 12:00Z');
select tests.member(a) from unnest(tests.aliases(0, 10)) a;
update apartado.policies set active_limit = 100;
create temporary table cases (sku text, units integer, due integer[], held integer[], wanted integer[], lapsing integer[]);
insert into cases values
  ('nobody', 3, '{2}', '{1}', '{}', '{}'),
  ('one', 1, '{1}', '{}', '{1}', '{}'),
  ('six', 3, '{1,2}', '{}', '{1,1,1,1,1,1}', '{}'),
  ('strict', 3, '{1}', '{2}', '{2,1,1}', '{}'),
  ('mixed', 5, '{2,1}', '{2}', '{1,3,1}', '{}'),
  ('lapsed', 2, '{2}', '{}', '{1}', '{1,1}'),
  ('alive', 2, '{}', '{2}', '{1,2}', '{1}');
select tests.item(sku, units) from cases;
select from cases, unnest(due) with ordinality d (q, n), apartado.reserve('m0' || n, apartado.item_id(sku), d.q, p_ttl => '1 hour');
select from cases, unnest(held) with ordinality h (q, n), apartado.reserve('m0' || 2 + n, apartado.item_id(sku), h.q);
select from cases, unnest(lapsing) with ordinality l (q, n), apartado.reserve('m0' || (array[0, 4])[n], apartado.item_id(sku), greatest(l.q, units + 1), p_if_unavailable => 'queue');
update apartado.queue_entries set needed_until = '2030-01-01 13:00Z', quantity = 1;
select from cases, unnest(wanted) with ordinality w (q, n), apartado.join_queue(format('m%s', to_char(4 + least(n, 6), 'FM00')), apartado.item_id(sku), w.q);
update apartado.stock s set next_due_at = '2030-01-01 13:00Z', version = version + 1 where exists (select from apartado.queue_entries q where q.stock_id = s.stock_id and needed_until is not null);
select tests.advance('1 hour');
create temporary table looked as
  select s.stock_id, d.* from apartado.stock s, apartado._settled(s, apartado.clock()) d;
create temporary table done as
  select s.stock_id, (f.stock).available, (f.stock).reserved, (f.stock).queue_length, f.promoted
    from apartado.stock s, apartado._settle(s, apartado.clock()) f;
select is((l.available, l.reserved), (d.available, d.reserved), sku || ': free and held') from cases join apartado.items i using (sku) join apartado.stock s using (item_id) join looked l using (stock_id) join done d using (stock_id) order by sku;
select is(l.queue_length - cardinality(l.served), d.queue_length, sku || ': who goes on waiting') from cases join apartado.items i using (sku) join apartado.stock s using (item_id) join looked l using (stock_id) join done d using (stock_id) order by sku;
select is(l.queue_length, d.queue_length + d.promoted, sku || ': who waits, with those who may reserve at once') from cases join apartado.items i using (sku) join apartado.stock s using (item_id) join looked l using (stock_id) join done d using (stock_id) order by sku;
select is(l.served, (select coalesce(array_agg(q.queue_entry_id order by q.rank), '{}') from apartado.queue_entries q where q.stock_id = l.stock_id and q.status = 'promoted'), sku || ': who is served') from cases join apartado.items i using (sku) join apartado.stock s using (item_id) join looked l using (stock_id) order by sku;
select tests.commits();
