select plan(10);
select tests.freeze('2030-01-01 12:00Z');
update apartado.policies set queue_limit = 20000;
select tests.item('disc', 0);
insert into apartado.members (alias, secret_hash, created_at) select 'm' || n, sha256('x'), apartado.clock() from generate_series(1, 10000) n;
with joined as (
  insert into apartado.queue_entries (stock_id, member_id, quantity, ticket, rank, joined_at, waiting_since)
  select s.stock_id, m.member_id, 1, substr(m.alias, 2)::integer, substr(m.alias, 2)::integer, apartado.clock(), apartado.clock()
    from apartado.members m, apartado.stock s
  returning queue_entry_id
)
update apartado.stock set queue_length = (select count(*) from joined), next_ticket = 10001, version = version + 1;
select is(promoted, 1000, 'all of them in one call') from apartado.adjust_stock(null, apartado.item_id('disc'), 1000, 'restock');
select is(tests.stock('disc'), '0 free, 1000 held, 0 sold, 9000 waiting', 'counted');
select is(array_agg(alias), null, 'the first thousand') from apartado.reservations join apartado.members using (member_id) where substr(alias, 2)::integer > 1000;
select is("position", 1::bigint, 'the next one is first now') from apartado.get_queue_position('m1001', apartado.item_id('disc'));
select is(promoted, 2000, 'never more than two thousand in one call') from apartado.adjust_stock(null, apartado.item_id('disc'), 4500, 'restock');
select tests.commits('and the row says that it is not done');
select is(tests.stock('disc'), '2500 free, 3000 held, 0 sold, 7000 waiting', 'the rest stays for a moment');
select is(promoted, 2000::bigint, 'the job goes on') from apartado.expire_and_promote();
select is(promoted, 500::bigint, 'until nothing is left') from apartado.expire_and_promote();
select tests.commits();
