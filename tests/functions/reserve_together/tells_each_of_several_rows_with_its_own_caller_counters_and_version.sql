select plan(5);
select tests.members('ana', 'ben', 'cai', 'dan'), tests.item('disc', 5), tests.item('tape', 3);
create temporary table answers as
select * from apartado.reserve_together(tests.requests('disc', 'ana', 'ben {"sku": "tape", "quantity": 2}', 'cai {"quantity": 2}', 'dan {"sku": "tape"}'));
select is((select string_agg(format('%s %s %s', e.actor, e.available, e.reserved), ', ' order by e.event_id) from apartado.events e
            where e.kind = 'reservation.created'), 'ana 4 1, ben 1 2, cai 2 3, dan 0 3', 'who did it, and the counters after it, in the order of arrival');
select is((select array_agg(e.session_id order by e.event_id) from apartado.events e where e.kind = 'reservation.created'),
          (select array_agg(s.session_id order by s.member_id) from apartado.sessions s), 'from which session');
select results_eq($$select e.stock_id, e.version from apartado.events e where e.kind = 'reservation.created' order by e.event_id$$,
                  $$select s.stock_id, a.version from answers a join apartado.stock s on s.item_id = a.item_id order by a.number$$, 'the version that was answered');
select results_eq($$select s.stock_id, s.version from apartado.stock s order by s.stock_id$$,
                  $$select e.stock_id, max(e.version) from apartado.events e where e.stock_id is not null group by e.stock_id order by e.stock_id$$, 'each row is left at that of its newest event');
select is((select count(distinct (e.stock_id, e.version)) from apartado.events e where e.stock_id is not null), 6::bigint, 'and no two of a row have the same');
