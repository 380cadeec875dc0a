-- metrics: figures of the shop and of its care, for Prometheus.
--
-- Gives   a row for each sample: name, labels, value, help, type. No names of people or items
-- Raises  RS601, RS602 called by a person who is no operator
-- Notes   as cheap with a million reservations as with a thousand: counters, indexes, and the newest 10,000
create or replace function apartado.metrics()
  returns table (
    name   text,
    labels jsonb,
    value  double precision,
    help   text,
    type   text
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  perform apartado._require_operator_or_role();

  return query
    with samples (name, labels, value) as (
      select s.name, s.labels, s.value from apartado._stock_samples() s
       union all
      select r.name, r.labels, r.value from apartado._reservation_samples() r
       union all
      select 'care', jsonb_build_object('measure', m.name, 'unit', m.unit), m.value from apartado._measures() m
       union all
      select 'events_numbered_total', '{}', c.last_pos from apartado.event_cursor c
       union all
      select 'job_last_run_timestamp_seconds', jsonb_build_object('job', j.job), extract(epoch from j.last_run_at)
        from apartado.jobs j
       where j.last_run_at > '-infinity'
    )
    select 'apartado_' || s.name, s.labels, s.value, h.help, h.type
      from samples s
      join (values
        ('units', 'Units of stock by state.', 'gauge'),
        ('queue_entries', 'Places in queues.', 'gauge'),
        ('queue_longest', 'Places in the longest queue.', 'gauge'),
        ('queues', 'Queues in which somebody waits, and those that stand still.', 'gauge'),
        ('recent_reservations', 'The newest 10000 reservations by status.', 'gauge'),
        ('recent_share', 'What became of those among the newest 10000 that are closed: sold is the conversion rate.', 'gauge'),
        ('recent_hold_seconds', 'Mean time from reserving to closing among the newest 10000.', 'gauge'),
        ('overdue_reservations', 'Reservations past their deadline that nobody has swept, up to 10000.', 'gauge'),
        ('care', 'The measures of health(); overdue_reservations is the expiry lag.', 'gauge'),
        ('events_numbered_total', 'Events with a position.', 'counter'),
        ('job_last_run_timestamp_seconds', 'When each job ran last.', 'gauge')
      ) h (name, help, type) on h.name = s.name
     order by s.name, s.labels;
end;
$$;

comment on function apartado.metrics() is 'Figures of the shop and of its care, for Prometheus. Example: select * from apartado.metrics()';

grant execute on function apartado.metrics to apartado_api, apartado_operator, apartado_jobs;
