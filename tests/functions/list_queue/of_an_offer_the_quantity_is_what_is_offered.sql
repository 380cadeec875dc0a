select plan(6);
-- ben wants two, and is offered the one that came free
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
update apartado.policies set promotion = 'offer', offer_window = '1 hour', fit = 'partial';
select tests.held('disc', 'ana', 'cai');
select from apartado.join_queue('ben', apartado.item_id('disc'), 2);
select is((select my_quantity from apartado.get_status('ben', apartado.item_id('disc'))), 2, 'as long as he waits he is told what he wants');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select is((select concat_ws(' ', status, quantity) from apartado.list_queue(null, apartado.item_id('disc'))), 'offered 1', 'operators read what is offered');
select is((select concat_ws(' ', status, my_quantity) from apartado.get_status('ben', apartado.item_id('disc'))), 'offered 1', 'he reads it of the item');
select is((select concat_ws(' ', e ->> 'status', e ->> 'quantity') from apartado.get_member(null, 'ben') g, jsonb_array_elements(g.entries) e), 'offered 1', 'and it stands in what is known of him');
select is((select a.quantity from apartado.queue_entries q, apartado.accept_offer('ben', q.queue_entry_id) a), 1, 'and that is what he gets');
select tests.commits();
