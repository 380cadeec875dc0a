-- _reserve_straight: sets units aside for several members at once, where nothing stands in the way of any.
--
-- Gives   for each request that was served its number and what reserve answers: the counters and the version as if they had
--         come one after the other
-- Locks   the stock rows by id, without waiting, or with p_waits the one that all of them are about; the caller holds the
--         turns of all these members
-- Tells   reservation.created for each, through triggers/reservations.sql, or queue.joined
-- Notes   the straight way of reserve, set-based: units are free, nobody waits, nothing is due. The units of a row go out in the
--         order of the numbers, up to the first request that wants more than is left, or whose member asked for something else
--         before: that one and all later ones for this row are left to reserve. So is any request that a limit, a reservation
--         or a bad value stands against, or that repeats another. With p_waits, those who would wait are put in line
--         (_queue_straight).
create or replace function apartado._reserve_straight(
  p_requests apartado.reserve_request[],
  p_callers  text,
  p_waits    boolean
)
  returns table (
    number         integer,
    outcome        text,
    reservation_id bigint,
    queue_entry_id bigint,
    "position"     bigint,
    item_id        bigint,
    location       text,
    quantity       integer,
    price          numeric,
    currency       text,
    expires_at     timestamptz,
    available      integer,
    reserved       integer,
    sold           integer,
    queue_length   integer,
    version        bigint,
    server_time    timestamptz
  )
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set jit = off
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  -- parameters, not literals: with a literal, a plan made while the tables were empty scanned a partial index over everybody's
  -- rows, once for each request
  c_active    constant text := 'active';
  c_open      constant text[] := '{waiting,offered,suspended}';
  v_stock_ids bigint[];
  v_now       timestamptz;
begin
  if p_requests is null then
    return;
  end if;
  v_stock_ids := apartado._lock_together(p_requests, p_waits);

  -- a new statement, so its snapshot was taken after the locks; above READ COMMITTED the bump fails instead (40001)
  v_now := apartado.clock();
  -- for the trigger that tells each reservation
  perform set_config('apartado.callers', p_callers, true);
  return query
  with able as (
    select r.number, r.member_id, r.item, r.location, r.quantity, r.repeats, s.stock_id, s.price, s.currency, s.available, s.reserved,
           s.sold, s.queue_length, s.version, v_now + coalesce(h.ttl, h.longest) as expires_at
      from unnest(p_requests) r
      join apartado.stock s on s.stock_id = r.stock_id
      join apartado.member_turns t on t.member_id = r.member_id
     -- as seconds, see reserve
     cross join lateral (select case when t.class_id is null then s.hold
                                     else coalesce((apartado._class_policy(t.class_id)).hold, s.hold) end as longest,
                                make_interval(secs => extract(epoch from r.ttl)) as ttl) h
     cross join lateral (select count(*) as held, bool_or(o.stock_id = s.stock_id) as is_of_this
                           from apartado.reservations o
                          where o.member_id = r.member_id and o.status = c_active) own
     cross join lateral (select count(*) as places
                           from apartado.queue_entries q
                          where q.member_id = r.member_id and q.status = any (c_open)) line
     where r.stock_id = any (v_stock_ids)
       and s.available > 0 and s.queue_length = 0
       and s.open and not s.offering and s.opens_at <= v_now and least(s.next_due_at, s.closes_at) > v_now
       and not t.barred
       and r.quantity >= 1
       and r.if_unavailable in ('fail', 'queue')
       and (h.ttl is null or h.ttl > '0' and h.ttl <= h.longest)
       and own.is_of_this is not true
       -- with fewer rows than the limit there is no need to ask which of them still count
       and (own.held + line.places < s.active_limit and coalesce(t.class_id, s.item_limit, s.drop_limit) is null
            or not exists (select from apartado._limit_refusals(s, r.member_id, t.class_id, least(r.quantity, s.available), 'RS501', v_now)))
  ), counted as (
    select a.*, row_number() over w as place,
           sum(case when a.repeats then a.available + 1 else a.quantity end) over w as units
      from (select b.*, row_number() over (partition by b.stock_id, b.member_id order by b.number) as time from able b) a
     where a.time = 1
    window w as (partition by a.stock_id order by a.number)
  ), served as materialized (
    -- ids in the order of the numbers
    select c.*, nextval('apartado.reservations_reservation_id_seq') as id from counted c where c.units <= c.available order by c.number
  ), taken as (
    update apartado.stock s
       set available = s.available - n.units,
           reserved = s.reserved + n.units,
           next_due_at = least(s.next_due_at, n.due_at),
           version = s.version + n.places,
           vouched_version = s.version + n.places
      from (select v.stock_id, max(v.units) as units, max(v.place) as places, min(v.expires_at) as due_at from served v group by v.stock_id) n
     where s.stock_id = n.stock_id
  ), made as (
    insert into apartado.reservations (reservation_id, stock_id, member_id, quantity, price, currency, reserved_at, expires_at)
    overriding system value
    select v.id, v.stock_id, v.member_id, v.quantity, v.price, v.currency, v_now, v.expires_at from served v
  )
  select v.number, 'reserved', v.id, null::bigint, null::bigint, v.item, coalesce(v.location, 'main'), v.quantity, v.price, v.currency, v.expires_at,
         (v.available - v.units)::integer, (v.reserved + v.units)::integer, v.sold, v.queue_length, v.version + v.place, v_now
    from served v;
  perform set_config('apartado.callers', '', true);

  if p_waits then
    return query
    select q.number, 'queued', null::bigint, q.queue_entry_id, q."position", q.item_id, q.location, q.quantity, null::numeric, null::text,
           null::timestamptz, q.available, q.reserved, q.sold, q.queue_length, q.version, q.server_time
      from apartado._queue_straight(p_requests, p_callers, v_now) q;
  end if;
end;
$$;

comment on function apartado._reserve_straight(apartado.reserve_request[], text, boolean) is 'Sets units aside for several members at once, where nothing stands in the way of any.';
