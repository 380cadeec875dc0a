select plan(6);
select tests.members('ana', 'ben', 'cai', 'dan', 'eva'), tests.item('disc', 1);
create temporary table answers as
select * from apartado.reserve_together(tests.requests('disc', 'dan', 'cai {"if_unavailable": "queue"}', 'eva', 'ben {"if_unavailable": "queue", "quantity": 2}',
                                                       'ana {"if_unavailable": "queue"}'));
select is((select string_agg(format('%s %s', coalesce(a.code, a.outcome), a."position"), ', ' order by a.number) from answers a),
          'reserved , queued 1, RS301 , queued 2, queued 3', 'the first has it, who asks to wait gets the next place');
select is((select string_agg(m.alias || ' ' || q.quantity, ', ' order by q.rank) from apartado.queue_entries q join apartado.members m using (member_id)),
          'cai 1, ben 2, ana 1', 'and the line is that of the arrivals');
select is((select string_agg(format('%s %s %s %s', e.member_id = m.member_id, e.actor, e.queue_length, e.data ->> 'position'), ', ' order by e.event_id)
             from apartado.events e join apartado.members m on m.alias = e.actor where e.kind = 'queue.joined'),
          't cai 1 1, t ben 2 2, t ana 3 3', 'each is told as their own doing, with the length and the place after it');
select results_eq($$select e.version, e.session_id from apartado.events e where e.kind = 'queue.joined' order by e.event_id$$,
                  $$select a.version, s.session_id from answers a join apartado.queue_entries q using (queue_entry_id)
                      join apartado.sessions s using (member_id) order by a.number$$, 'the version that was answered, and from which session');
select is((select count(distinct e.version) from apartado.events e where e.stock_id is not null), 5::bigint, 'which no other event has');
select tests.commits();
