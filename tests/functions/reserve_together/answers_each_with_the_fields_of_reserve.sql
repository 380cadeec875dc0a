select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 5);
create temporary table answers as
select * from apartado.reserve_together(tests.requests('disc', 'ana', 'ben {"quantity": 2, "ttl": "90 seconds"}', 'cai'));
select results_eq($$
  select number, code, outcome, reservation_id, queue_entry_id, "position", item_id, location, quantity, price, currency, expires_at,
         available, reserved, sold, queue_length, server_time
    from answers
   order by number$$, $$
  select n.number, null::text, 'reserved', tests.reservation(n.alias, 'disc'), null::bigint, null::bigint, apartado.item_id('disc'), 'main',
         n.quantity, 12.50, 'EUR', apartado.clock() + n.hold, n.available, 5 - n.available, 0, 0, apartado.clock()
    from (values (1, 'ana', 1, interval '168 hours', 4),
                 (2, 'ben', 2, interval '90 seconds', 2),
                 (3, 'cai', 1, interval '168 hours', 1)) n (number, alias, quantity, hold, available)$$,
  'as if they had come one after the other');
select tests.commits();
