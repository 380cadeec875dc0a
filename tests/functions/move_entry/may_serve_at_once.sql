select plan(5);
-- ben wants two and one is free: strictly, cai waits behind him, until an operator puts her first
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
select tests.held('disc', 'ana');
select from apartado.join_queue('ben', apartado.item_id('disc'), 2);
select tests.waiting('disc', 'cai');
create temporary table entry as select max(queue_entry_id) as it from apartado.queue_entries;
select is((select concat_ws(' ', status, "position", queue_length) from entry, apartado.move_entry(null, it, 1, 'needs only one')), 'promoted 1', 'cai is promoted, and has no position any more');
select is(tests.holders('disc'), 'ana 1, cai 1', 'she has it');
select tests.refuses(format('select * from apartado.move_entry(null, %s, 1, %L)', it, 'again'), 'RS312/not_waiting', 'entry', 'who holds does not wait') from entry;
select is(tests.told('disc'), 'stock.changed, reservation.created ana, queue.joined ben, queue.joined cai, queue.moved cai, queue.promoted cai, reservation.created cai', 'told in order');
select tests.commits();
