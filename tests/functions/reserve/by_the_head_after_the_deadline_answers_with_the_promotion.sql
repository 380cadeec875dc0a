select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai');
select tests.advance('168 hours');
select tests.refuses($$select * from apartado.reserve('cai', apartado.item_id('disc'))$$, 'RS303', 'item', 'the second still waits');
create temporary table answer as select * from apartado.reserve('ben', apartado.item_id('disc'), p_ttl => '1 hour');
select is(outcome, 'reserved', 'outcome') from answer;
select is(reservation_id, tests.reservation('ben', 'disc'), 'reservation_id: the one of the promotion') from answer;
select is(expires_at, '2030-01-15 12:00Z', 'expires_at: the hold of a promotion, counted from now') from answer;
select is(price::text || currency, '12.50EUR', 'price, currency') from answer;
select is(concat_ws(' ', quantity, available, reserved, sold, queue_length), '1 0 1 0 1', 'quantity and counters') from answer;
select is(tests.told('disc'),
          'stock.changed, reservation.created ana, queue.joined ben, queue.joined cai, '
          'reservation.expired ana, queue.promoted ben, reservation.created ben', 'told once, in this order');
select is(tests.holders('disc') || ' / ' || tests.line('disc'), 'ben 1 / cai', 'one holds, one waits');
select tests.commits();
