select plan(7);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc'), tests.item('tape');
select tests.held('disc', 'ben'), tests.held('tape', 'cai'), tests.waiting('tape', 'ben');
select results_eq($$
  select count(*) over (), dense_rank() over (order by wish_id), item_id, location, "position", queue_length
    from apartado.join_any('ana', array[apartado.item_id('tape'), apartado.item_id('disc'), apartado.item_id('tape')])
$$, $$values (2::bigint, 1::bigint, apartado.item_id('disc'), 'main', 1::bigint, 1), (2, 1, apartado.item_id('tape'), 'main', 2, 2)$$, 'a row per place, of one wish, named twice or once');
select is(tests.line('disc') || ' / ' || tests.line('tape'), 'ana / ben ana', 'in line in both');
select is(tests.told('disc'), 'stock.changed, reservation.created ben, queue.joined ana', 'told as any place is');
select is((select count(*) from apartado.queue_entries q join apartado.wishes w using (wish_id) where w.closed_at is null and w.member_id = q.member_id), 2::bigint, 'the wish is open');
select tests.refuses($$select * from apartado.join_any('ana', array[apartado.item_id('disc')])$$, 'RS303', 'items', 'she waits already');
select tests.refuses($$select * from apartado.join_any('ben', array[apartado.item_id('disc')])$$, 'RS302', 'items', 'he holds it');
select tests.commits();
