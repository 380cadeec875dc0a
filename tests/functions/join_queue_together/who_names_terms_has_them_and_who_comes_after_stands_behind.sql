select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai', 'dan', 'eva'), tests.item('disc', 1), tests.held('disc', 'eva');
select is(tests.joined_together('disc', 'ana', 'ben {"needed_until": "2030-01-02 12:00Z"}', 'cai {"max_position": 2}', 'dan'),
          '1 1, 2 2, 3 RS503, 4 3', 'as one after the other');
select is(tests.line('disc'), 'ana ben dan', 'in their order');
select is((select array_agg(q.needed_until order by q.ticket) from apartado.queue_entries q), array[null, '2030-01-02 12:00Z', null]::timestamptz[],
          'his need ends, theirs does not');
select is((select s.next_due_at from apartado.stock s), '2030-01-02 12:00Z'::timestamptz, 'and the row is due then');
select tests.commits();
