select plan(1);
select tests.members('ana', 'ben'), tests.item('disc'), tests.item('lp');
select from apartado.set_policy(null, 'default', '{"promotion": "offer", "offer_window": 3600}');
select tests.held('disc', 'ben'), tests.held('lp', 'ana'), tests.waiting('disc', 'ana');
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'disc'));
select is(a.item_id, apartado.item_id('disc'), 'both are theirs') from apartado.queue_entries q, apartado.accept_offer('ana', q.queue_entry_id) a;
