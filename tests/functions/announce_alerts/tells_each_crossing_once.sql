select plan(11);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.operator('olga'), tests.item('disc');
create function pg_temp.announced() returns text language sql as $$ select concat_ws(' ', raised, cleared) from apartado.announce_alerts() $$;
create function pg_temp.told() returns text language sql as $$
  select string_agg(concat_ws(' ', e.kind, e.details ->> 'measure', e.details ->> 'value', e.details ->> 'largest', e.details ->> 'unit', e.details ->> 'since'), ', ' order by e.event_id)
    from apartado.events e where e.kind like 'alert.%' $$;
update apartado.jobs set last_run_at = apartado.clock();
select from apartado._number_events(1000);
select is(pg_temp.announced(), '0 0', 'what is switched off, as on the tests'' own server, has crossed nothing');
select is(pg_temp.told(), null, 'all is well');
select from apartado.reserve('ana', apartado.item_id('disc'), p_ttl => '1 minute');
select from apartado._number_events(1000);
select tests.advance('91 seconds');
update apartado.jobs set last_run_at = apartado.clock();
select is(pg_temp.announced(), '1 0', 'nobody sweeps');
select is(pg_temp.told(), 'alert.raised overdue_reservations 31 30 seconds 2030-01-01T12:01:31.000000Z', 'it is told, with its measure');
select is(pg_temp.announced(), '0 0', 'once');
select from apartado.expire_and_promote();
select is(pg_temp.announced(), '0 1', 'well again');
select is(pg_temp.told(), 'alert.raised overdue_reservations 31 30 seconds 2030-01-01T12:01:31.000000Z, alert.cleared overdue_reservations 31 30 seconds 2030-01-01T12:01:31.000000Z', 'is told, too');
select is(pg_temp.announced(), '0 0', 'once');
select is((select string_agg(measure, ' ') from apartado.alerts), null, 'none is left');
select from apartado._number_events(1000);
select is((select count(*) from apartado.list_events('ana', 0, 1000) where kind like 'alert.%'), 0::bigint, 'it is nothing for members');
select is((select count(*) > 0 from apartado.list_events('olga', 0, 1000) where kind = 'alert.raised'), true, 'but for operators');
