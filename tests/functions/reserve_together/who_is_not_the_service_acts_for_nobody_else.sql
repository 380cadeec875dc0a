select plan(3);
select tests.members('ana', 'ben'), tests.item('disc', 9);
select tests.requests('disc', 'ana');
select is(tests.as_role('dba', format($$
  with acting as materialized (select set_config('apartado.callers', %L, true))
  select r.outcome from acting a cross join lateral apartado.reserve('ana', (select s.item_id from (select apartado.item_id('disc') as item_id) s)) r$$,
  (select jsonb_object_agg(s.member_id, s.session_id) from apartado.sessions s))), 'reserved', 'a DBA reserves');
select is((select e.actor from apartado.events e where e.kind = 'reservation.created'), 'role:dba', 'and is named');
select is((select e.session_id from apartado.events e where e.kind = 'reservation.created'), null, 'without a session');
