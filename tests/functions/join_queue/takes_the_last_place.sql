select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
select tests.held('disc', 'ana');
create temporary table answer as select * from apartado.join_queue('ben', apartado.item_id('disc'));
select is(queue_entry_id, (select queue_entry_id from apartado.queue_entries), 'queue_entry_id') from answer;
select is("position", 1::bigint, 'position') from answer;
select is(queue_length, 1, 'queue_length') from answer;
select is((select concat_ws(' ', "position", queue_length) from apartado.join_queue('cai', apartado.item_id('disc'))), '2 2', 'the next one stands behind');
select is(tests.line('disc'), 'ben cai', 'in the order in which they came');
select is(tests.stock('disc'), '0 free, 1 held, 0 sold, 2 waiting', 'counted');
select is((select string_agg(concat_ws(' ', e.data ->> 'position', m.alias), ', ' order by e.event_id) from apartado.events e join apartado.members m using (member_id) where e.kind = 'queue.joined'),
          '1 ben, 2 cai', 'and told with the place');
select tests.commits();
