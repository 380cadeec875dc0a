-- _reservation_samples: what became of the latest reservations, and what is due, for metrics.
--
-- Gives   a row for each figure: name, labels, value
-- Notes   the newest 10,000 reservations by their key, and no more than 10,000 of those that are due, by their index (the
--         clock is read once, or the index is of no use): it costs the same with a thousand as with a million. The rates
--         are shares of what is over among the newest, and the times held end at the deadline, as those of the dashboard (_rates)
create or replace function apartado._reservation_samples()
  returns table (
    name   text,
    labels jsonb,
    value  double precision
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  with newest as materialized (
    select case when r.status = 'active' and r.expires_at <= c.now then 'expired' else r.status end as status,
           case when r.status <> 'active' or r.expires_at <= c.now then least(r.closed_at, r.expires_at) - r.reserved_at end as held
      from (select x.* from apartado.reservations x order by x.reservation_id desc limit 10000) r
     cross join (select apartado.clock() as now) c
     where (r.status, r.reason) is distinct from ('cancelled', 'transferred')
  ), outcomes as (
    select s.status, count(n.status) as number, extract(epoch from avg(n.held)) as seconds
      from unnest('{active,sold,expired,cancelled,revoked}'::text[]) s (status)
      left join newest n on n.status = s.status
     group by s.status
  )
  select 'recent_reservations', jsonb_build_object('status', o.status), o.number::double precision
    from outcomes o
   union all
  select 'recent_share', jsonb_build_object('status', o.status),
         o.number / greatest(sum(o.number) over (), 1)
    from outcomes o
   where o.status <> 'active'
   union all
  select 'recent_hold_seconds', jsonb_build_object('status', o.status), o.seconds
    from outcomes o
   where o.seconds is not null
   union all
  select 'overdue_reservations', '{}', (
    select count(*)
      from (select from apartado.reservations r
             where r.status = 'active' and r.expires_at <= (select apartado.clock())
             limit 10000) d);
$$;

comment on function apartado._reservation_samples() is 'What became of the latest reservations, and what is due, for metrics.';
