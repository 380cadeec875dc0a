-- _rates: what became of the newest reservations.
--
-- Gives   sample: how many of them are over; expired, converted: which part of those ended so; mean_held: how long they
--         were held, on average, in seconds. The last three are null where none is over
-- Notes   of the newest 10,000, so that it costs the same however long the history is. One that was handed on is not counted:
--         it goes on under another id. p_location_id null: every location
create or replace function apartado._rates(
  p_location_id bigint,
  p_now         timestamptz,
  out sample    bigint,
  out expired   numeric,
  out converted numeric,
  out mean_held numeric
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  select count(*),
         round(avg((n.status = 'expired')::integer), 4),
         round(avg((n.status = 'sold')::integer), 4),
         round(avg(extract(epoch from n.ended_at - n.reserved_at)), 3)
    into sample, expired, converted, mean_held
    from (select case r.status when 'active' then 'expired' else r.status end as status,
                 least(r.closed_at, r.expires_at) as ended_at, r.reserved_at
            from (select x.* from apartado.reservations x order by x.reservation_id desc limit 10000) r
            join apartado.stock s on s.stock_id = r.stock_id
           where (p_location_id is null or s.location_id = p_location_id)
             and (r.status <> 'active' or r.expires_at <= p_now)
             and (r.status, r.reason) is distinct from ('cancelled', 'transferred')) n;
end;
$$;

comment on function apartado._rates(bigint, timestamptz) is 'What became of the newest reservations.';
