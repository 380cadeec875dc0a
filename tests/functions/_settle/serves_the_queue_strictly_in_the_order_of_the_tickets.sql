select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dee', 'eva'), tests.item('disc', 4);
select from apartado.reserve('ana', apartado.item_id('disc'), 4, p_ttl => '1 hour');
select tests.waiting('disc', 'ben');
select from apartado.join_queue('cai', apartado.item_id('disc'), 2);
select from apartado.join_queue('dee', apartado.item_id('disc'), 2);
select tests.waiting('disc', 'eva');
select tests.advance('1 hour');
create temporary table answer as select f.* from apartado.stock s, apartado._settle(s, apartado.clock()) f;
select is((expired, promoted), (1, 2), 'expired, promoted') from answer;
select is(tests.holders('disc') || ' / ' || tests.line('disc'), 'ben 1, cai 2 / dee eva', 'dee wants two, so the last one is kept, and eva does not get it');
select is((select (stock).next_due_at from answer), '2030-01-08 13:00Z', 'next_due_at is the first deadline of the promoted');
select is((select array_agg(reservation_id order by reservation_id) from apartado.reservations where status = 'active'),
          (select array_agg(r.reservation_id order by q.ticket) from apartado.reservations r join apartado.queue_entries q using (queue_entry_id)), 'made in the order of the tickets');
select tests.commits();
