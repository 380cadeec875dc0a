select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc', 5), tests.item('tape', 3);
create temporary table answers as
select * from apartado.reserve_together(tests.requests('disc', 'ana', 'ben {"sku": "tape", "quantity": 2}', 'cai {"quantity": 2}', 'dan {"sku": "tape", "ttl": "90 seconds"}'));
select results_eq($$
  select number, code, outcome, reservation_id, queue_entry_id, "position", item_id, location, quantity, price, currency, expires_at,
         available, reserved, sold, queue_length, server_time
    from answers
   order by number$$, $$
  select n.number, null::text, 'reserved', tests.reservation(n.alias, n.sku), null::bigint, null::bigint, apartado.item_id(n.sku), 'main',
         n.quantity, 12.50, 'EUR', apartado.clock() + n.hold, n.available, n.reserved, 0, 0, apartado.clock()
    from (values (1, 'ana', 'disc', 1, interval '168 hours', 4, 1),
                 (2, 'ben', 'tape', 2, interval '168 hours', 1, 2),
                 (3, 'cai', 'disc', 2, interval '168 hours', 2, 3),
                 (4, 'dan', 'tape', 1, interval '90 seconds', 0, 3)) n (number, alias, sku, quantity, hold, available, reserved)$$,
  'each row as if they had come one after the other');
select is(tests.holders('disc') || '; ' || tests.holders('tape'), 'ana 1, cai 2; ben 2, dan 1', 'those hold');
select is((select array_agg(s.next_due_at order by s.stock_id) from apartado.stock s),
          array['2030-01-08 12:00Z', '2030-01-01 12:01:30Z']::timestamptz[], 'each row is due with its own');
select is_empty('select * from apartado.check_consistency()', 'and everything agrees');
select tests.commits();
