select plan(6);
select tests.members('ana', 'ben', 'cai', 'dan', 'eva'), tests.item('disc', 1), tests.item('tape', 1), tests.item('free', 1);
select tests.held('disc', 'eva'), tests.held('tape', 'eva'), tests.waiting('tape', 'dan');
select is(tests.joined_together('disc', 'ben {"sku": "tape"}', 'ana', 'cai {"sku": "free"}', 'cai', 'dan'), '1 2, 2 1', 'who stands in no way of anybody');
select is(tests.line('disc') || '; ' || tests.line('tape'), 'ana; dan ben', 'who asks for a second thing, and whoever came after them for it, are asked for again');
select is((select string_agg(e.actor || ' ' || (e.data ->> 'position'), ', ' order by e.event_id) from apartado.events e where e.kind = 'queue.joined' and e.session_id is not null),
          'ana 1, ben 2', 'each told once');
select is(tests.told('free'), 'stock.changed', 'and nothing was done for them');
select is(tests.joined_together('disc', 'cai', 'dan {"sku": "tape"}'), '1 2', 'nor for who waits already');
select tests.commits();
