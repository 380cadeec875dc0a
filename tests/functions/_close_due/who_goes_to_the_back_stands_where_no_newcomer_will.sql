select plan(4);
-- of two missed offers one ends, because it is not needed any more; the other comes back as the second of the two
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dee', 'eva'), tests.item('disc', 2);
update apartado.policies set promotion = 'offer', offer_window = '2 hours', missed = 'back';
select tests.held('disc', 'ana', 'dee');
select from apartado.join_queue('ben', apartado.item_id('disc'), p_needed_until => '2030-01-01 13:00Z');
select tests.waiting('disc', 'cai');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select from apartado.cancel_reservation('dee', tests.reservation('dee', 'disc'));
select is((select string_agg(status, ' ' order by ticket) from apartado.queue_entries), 'offered offered', 'two offers');
select from apartado.join_queue('eva', apartado.item_id('disc'));
select tests.advance('2 hours');
select lives_ok($$select * from apartado.join_queue('dee', apartado.item_id('disc'), 2)$$, 'a newcomer finds a place');
select is((select string_agg(q.status, ' ' order by q.ticket) from apartado.queue_entries q), 'missed offered offered waiting', 'ben''s ends, eva is asked, then cai once more');
select tests.commits();
