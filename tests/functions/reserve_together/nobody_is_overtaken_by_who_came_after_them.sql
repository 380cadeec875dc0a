select plan(4);
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc', 3);
select is(tests.together('disc', 'ana {"quantity": 2}', 'ben {"quantity": 2, "if_unavailable": "queue"}', 'cai', 'dan {"if_unavailable": "queue"}'),
          '1 reserved, 2 queued, 3 RS306, 4 queued', 'one unit is left, and the next in line waits for two');
select is(tests.line('disc'), 'ben dan', 'they stand in line as they came');
select is(tests.together('disc', 'cai', 'ana'), '1 RS306, 2 RS302', 'and still do in the next call');
select tests.commits();
