-- _work_measures: how far the work that nobody asks for lies behind.
--
-- Gives   a row for each measure: name, value, largest (that is well), unit
-- Notes   each is one look into an index, or at no more than the newest 20,000 events
create or replace function apartado._work_measures()
  returns table (
    name    text,
    value   bigint,
    largest bigint,
    unit    text
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  with newest as (
    select coalesce((select q.last_value from apartado.events_event_id_seq q where q.is_called), 0) as event_id
  ), unnumbered as (
    select min(e.at) as since
      from apartado.event_cursor c
     cross join newest n
      join apartado.events e on e.event_id > greatest(c.low_id, n.event_id - 20000) and e.pos is null
  )
  select m.name, m.value, m.largest, m.unit
    from unnumbered u
   cross join newest n
   cross join apartado.event_cursor c
   cross join lateral (values
     ('overdue_reservations',
      apartado._seconds_since((select min(r.expires_at) from apartado.reservations r where r.status = 'active' and r.expires_at > '-infinity')), 30, 'seconds'),
     ('late_jobs', (select count(*) from apartado._late_jobs()), 0, 'jobs'),
     ('unserved_stock', (select count(*) from apartado.stock s where s.unserved), 100, 'rows'),
     ('unnumbered_events', apartado._seconds_since(u.since), 10, 'seconds'),
     ('numbering_search', n.event_id - c.low_id, 100000, 'events'),
     ('failing_webhooks', apartado._failing_webhooks(), 0, 'webhooks'),
     ('idempotency_keys', apartado._seconds_since((select min(k.created_at) from apartado.idempotency_keys k)) / 3600, 26, 'hours')
   ) m (name, value, largest, unit);
$$;

comment on function apartado._work_measures() is 'How far the work that nobody asks for lies behind.';
