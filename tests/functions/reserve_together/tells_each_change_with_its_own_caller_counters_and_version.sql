select plan(5);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 5);
create temporary table answers as
select * from apartado.reserve_together(tests.requests('disc', 'ana', 'ben {"quantity": 2}', 'cai'));
select is(tests.told('disc'), 'stock.changed, reservation.created ana, reservation.created ben, reservation.created cai', 'one row each, in the order of arrival');
select is((select string_agg(format('%s %s %s', e.actor, e.available, e.reserved), ', ' order by e.event_id) from apartado.events e
            where e.kind = 'reservation.created'), 'ana 4 1, ben 2 3, cai 1 4', 'who did it, and the counters after it');
select is((select array_agg(e.session_id order by e.event_id) from apartado.events e where e.kind = 'reservation.created'),
          (select array_agg(s.session_id order by s.member_id) from apartado.sessions s), 'from which session');
select results_eq($$select e.version from apartado.events e where e.kind = 'reservation.created' order by e.event_id$$,
                  $$select a.version from answers a order by a.number$$, 'the version that was answered');
select is((select count(distinct e.version) from apartado.events e where e.stock_id is not null), 4::bigint,
          'and that no other event has: who drops by version loses none');
