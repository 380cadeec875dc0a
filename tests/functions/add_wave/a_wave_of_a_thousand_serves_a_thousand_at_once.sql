select plan(4);
select tests.freeze('2030-01-01 12:00Z');
update apartado.policies set queue_limit = 20000;
select tests.item('disc', 0);
create temporary table d as select tests.drop_of('0', null, 'disc') as id;
select from apartado.add_wave(null, (select id from d), apartado.item_id('disc'), 1000, '2030-01-01 13:00Z');
insert into apartado.members (alias, secret_hash, created_at) select 'm' || n, sha256('x'), apartado.clock() from generate_series(1, 1200) n;
with joined as (
  insert into apartado.queue_entries (stock_id, member_id, quantity, ticket, rank, joined_at, waiting_since)
  select s.stock_id, m.member_id, 1, substr(m.alias, 2)::integer, substr(m.alias, 2)::integer, apartado.clock(), apartado.clock()
    from apartado.members m, apartado.stock s
  returning queue_entry_id
)
update apartado.stock set queue_length = (select count(*) from joined), next_ticket = 1201, version = version + 1;
select tests.advance('1 hour');
select is((available, reserved, queue_length), (0, 1000, 1200), 'reads say so before anybody wrote') from apartado.get_status(null, apartado.item_id('disc'));
select is(promoted, 1000::bigint, 'one sweep') from apartado.expire_and_promote();
select is(tests.stock('disc'), '0 free, 1000 held, 0 sold, 200 waiting', 'counted');
select tests.commits();
