select plan(5);
-- ben wants two and is passed by cai; then he is asked, and misses it
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dee'), tests.item('disc', 2);
update apartado.policies set fit = 'fit', promotion = 'offer', offer_window = '1 hour', missed = 'keep';
select tests.held('disc', 'ana', 'dee');
select from apartado.join_queue('ben', apartado.item_id('disc'), 2);
select from apartado.join_queue('cai', apartado.item_id('disc'));
create function tests.ben() returns text language sql as $$
  select concat_ws(' ', status, "position", passed, reason) from apartado.list_queue(null, apartado.item_id('disc')) where alias = 'ben'
$$;
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select is(tests.ben(), 'waiting 1 1', 'cai is asked before him');
select from apartado.queue_entries q, apartado.decline_offer('cai', q.queue_entry_id) where q.status = 'offered';
select from apartado.cancel_reservation('dee', tests.reservation('dee', 'disc'));
select is(tests.ben(), 'offered 1', 'then he is');
select from apartado.pause_queue(null, apartado.item_id('disc'), true, 'because');
select tests.advance('1 hour');
select is(tests.ben(), 'suspended 1 0 missed', 'he missed it, and begins anew');
select from apartado.expire_and_promote();
select is(tests.ben(), 'suspended 1 0 missed', 'so it is afterwards');
select tests.commits();
