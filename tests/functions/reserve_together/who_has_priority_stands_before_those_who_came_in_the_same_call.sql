select plan(4);
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc', 1);
select apartado.set_policy(null, 'first', '{"priority": 10, "queue_limit": 2}', p_class => 'vip', p_reason => 'they paid for it');
select apartado.set_member_class(null, 'cai', 'vip', 'they paid for it'), apartado.set_member_class(null, 'dan', 'vip', 'they paid for it');
select apartado.reserve('ana', apartado.item_id('disc'));
create temporary table answers as
select * from apartado.reserve_together(tests.requests('disc', 'ben {"if_unavailable": "queue"}', 'cai {"if_unavailable": "queue"}',
                                                       'dan {"if_unavailable": "queue"}'));
select is((select string_agg(format('%s %s', coalesce(a.code, a.outcome), a."position"), ', ' order by a.number) from answers a),
          'queued 1, queued 1, RS503 ', 'the place is that of the moment; what the class may wait for holds for each');
select is((select string_agg(e.data ->> 'position', ', ' order by e.event_id) from apartado.events e where e.kind = 'queue.joined'), '1, 1', 'the same is told');
select is((select string_agg(m.alias, ', ' order by q.priority desc, q.rank) from apartado.queue_entries q join apartado.members m using (member_id)), 'cai, ben',
          'who has priority goes first');
select tests.commits();
