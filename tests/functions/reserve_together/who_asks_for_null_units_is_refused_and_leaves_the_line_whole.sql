select plan(4);
select tests.members('ana', 'ben', 'cai', 'dan', 'eva'), tests.item('disc', 1);
select apartado.reserve('eva', apartado.item_id('disc'));
select is(tests.together('disc', 'ana {"if_unavailable": "queue", "quantity": null}', 'ben {"if_unavailable": "queue"}', 'cai {"if_unavailable": "queue"}'),
          '1 RS202, 2 queued, 3 queued', 'null units are refused, whoever comes after has the next place');
select is((select array_agg(q.ticket order by q.rank) from apartado.queue_entries q), array[1, 2]::bigint[], 'without a gap');
select is(tests.together('disc', 'dan {"if_unavailable": "queue"}', 'ana {"if_unavailable": "queue", "quantity": null}'), '1 queued, 2 RS202', 'in any order');
select tests.commits();
