select plan(4);
-- ben and cai want two each, and get the one that came free, while ana is suspended
select tests.members('h1', 'h2', 'ana', 'ben', 'cai'), tests.item('disc', 2);
update apartado.policies set fit = 'partial';
select tests.held('disc', 'h1', 'h2');
select from unnest('{ana,ben,cai}'::text[]) u (alias), apartado.join_queue(alias, apartado.item_id('disc'), 2);
select from apartado.suspend_entry('ana', apartado.item_id('disc'));
create function tests.past() returns text language sql as $$ select string_agg(fact ->> 'quantity', ' ') from apartado.explain_position('ana', apartado.item_id('disc')) where code = 'passed' $$;
select from apartado.cancel_reservation('h1', tests.reservation('h1', 'disc'));
select is(tests.past(), '1', 'a reservation of one');
update apartado.policies set promotion = 'offer', offer_window = '1 hour';
select from apartado.cancel_reservation('h2', tests.reservation('h2', 'disc'));
select is(tests.past(), '1 1', 'an offer of one');
select from apartado.queue_entries q, apartado.accept_offer('cai', q.queue_entry_id) where q.status = 'offered';
select is(tests.past(), '1 1', 'that was accepted');
select tests.commits();
