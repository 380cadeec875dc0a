select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 1);
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben', 'cai');
update apartado.policies set promotion = 'offer';
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));

select is(concat_ws(' ', q.status, coalesce(j.position::text, 'none'), j.queue_length), 'offered none 1', 'ben is asked, and waits no more')
  from apartado.join_queue('ben', apartado.item_id('disc')) j
  join apartado.queue_entries q on q.queue_entry_id = j.queue_entry_id;
select is(position, 1::bigint, 'cai is the first who waits') from apartado.join_queue('cai', apartado.item_id('disc'));
select tests.commits();
