select plan(6);
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc', 1), tests.held('disc', 'ana');
create temporary table answers as
select * from apartado.join_queue_together(tests.requests('disc', 'dan', 'cai {"quantity": 1}', 'ben'));
select is((select string_agg(format('%s %s of %s', a.number, a."position", a.queue_length), ', ' order by a.number) from answers a where a.code is null),
          '1 1 of 1, 2 2 of 2, 3 3 of 3', 'each with the place and the length of the moment');
select is(tests.line('disc'), 'dan cai ben', 'and the line is that of the arrivals');
select results_eq($$select q.queue_entry_id from apartado.queue_entries q order by q.ticket$$, $$select a.queue_entry_id from answers a order by a.number$$,
                  'these are their places');
select is((select string_agg(format('%s %s %s %s', e.member_id = m.member_id, e.actor, e.queue_length, e.data ->> 'position'), ', ' order by e.event_id)
             from apartado.events e join apartado.members m on m.alias = e.actor where e.kind = 'queue.joined'),
          't dan 1 1, t cai 2 2, t ben 3 3', 'each is told as their own doing');
select is((select array_agg(e.session_id = s.session_id) from apartado.events e join apartado.sessions s using (member_id) where e.kind = 'queue.joined'),
          '{t,t,t}'::boolean[], 'from their own session');
select tests.commits();
