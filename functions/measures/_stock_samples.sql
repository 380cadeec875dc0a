-- _stock_samples: units, places in queues and stock rows, for metrics.
--
-- Gives   a row for each figure: name, labels, value
-- Notes   one scan of stock, which has a row for each item and location
create or replace function apartado._stock_samples()
  returns table (
    name   text,
    labels jsonb,
    value  double precision
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select f.name, f.labels, f.value
    from (select sum(s.available) as available, sum(s.reserved) as reserved, sum(s.sold) as sold,
                 sum(s.queue_length) as waiting, max(s.queue_length) as longest,
                 count(*) filter (where s.queue_length > 0) as queues,
                 count(*) filter (where s.queue_paused_at is not null) as paused
            from apartado.stock s) s
   cross join lateral (values
     ('units', '{"state": "available"}'::jsonb, coalesce(s.available, 0)::double precision),
     ('units', '{"state": "reserved"}', coalesce(s.reserved, 0)),
     ('units', '{"state": "sold"}', coalesce(s.sold, 0)),
     ('queue_entries', '{}', coalesce(s.waiting, 0)),
     ('queue_longest', '{}', coalesce(s.longest, 0)),
     ('queues', '{"state": "waiting"}', s.queues),
     ('queues', '{"state": "paused"}', s.paused)
   ) f (name, labels, value);
$$;

comment on function apartado._stock_samples() is 'Units, places in queues and stock rows, for metrics.';
