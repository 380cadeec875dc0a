-- _reserve_straight: sets units of one stock row aside for several members at once, where nothing stands in the way of any.
--
-- Gives   for each request that was served its number, its caller and what reserve answers: the counters and the version as
--         if they had come one after the other
-- Locks   the stock row; the caller holds the turns of all these members, each of whom asks once
-- Tells   reservation.created for each, through triggers/reservations.sql
-- Notes   the straight way of reserve, for many: units are free, nobody waits, nothing is due. Units go in the order of the
--         numbers, up to the first request that there are too few for: it, and whoever comes after it, is not served here,
--         nor is anybody whom a limit, a reservation or a mistake stands in the way of: reserve has their answer.
create or replace function apartado._reserve_straight(
  p_item     bigint,
  p_location text,
  p_callers  jsonb
)
  returns table (
    number         integer,
    caller         jsonb,
    outcome        text,
    reservation_id bigint,
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
as $$
#variable_conflict use_column
declare
  v_stock  apartado.stock;
  v_now    timestamptz;
  v_served jsonb;
  v_units  integer;
  v_places integer;
  v_due_at timestamptz;
begin
  update apartado.stock s
     set version = s.version + 1
    from apartado.locations l
   where l.code = coalesce(p_location, 'main')
     and s.location_id = l.location_id
     and s.item_id = p_item
     and s.available > 0
     and s.queue_length = 0
     and s.open and not s.offering and s.opens_at <= apartado.clock() and least(s.next_due_at, s.closes_at) > apartado.clock()
  returning s.* into v_stock;
  if v_stock.stock_id is null then
    return;
  end if;

  v_now := apartado.clock();
  with able as (
    select c.number, c.member_id, c.alias, c.session_id, c.language, c.quantity, a.caller,
           v_now + coalesce(make_interval(secs => extract(epoch from c.ttl)), h.longest) as expires_at
      from jsonb_array_elements(p_callers) a (caller)
     cross join jsonb_to_record(a.caller) c (number integer, member_id bigint, alias text, session_id bigint, language text,
                                             quantity integer, ttl interval, if_unavailable text)
     cross join lateral (select t.class_id, coalesce((apartado._class_policy(t.class_id)).hold, v_stock.hold) as longest
                           from apartado.member_turns t
                          where t.member_id = c.member_id
                         offset 0) h
     where c.quantity >= 1
       and c.if_unavailable in ('fail', 'queue')
       and (c.ttl is null or extract(epoch from c.ttl) > 0 and c.ttl <= h.longest)
       and not exists (select from apartado.reservations r
                        where r.stock_id = v_stock.stock_id and r.member_id = c.member_id and r.status = 'active')
       and not exists (select from apartado._limit_refusals(v_stock, c.member_id, h.class_id, least(c.quantity, v_stock.available), 'RS501', v_now))
  ), counted as (
    select a.*, sum(a.quantity) over w as units, row_number() over w as place
      from able a
    window w as (order by a.number)
  )
  select jsonb_agg(to_jsonb(c) order by c.number), max(c.units), max(c.place), min(c.expires_at)
    into v_served, v_units, v_places, v_due_at
    from counted c
   where c.units <= v_stock.available;
  if v_served is null then
    return;
  end if;

  update apartado.stock s
     set available = s.available - v_units,
         reserved = s.reserved + v_units,
         next_due_at = least(s.next_due_at, v_due_at),
         version = s.version + v_places,
         vouched_version = s.version + v_places
   where s.stock_id = v_stock.stock_id;

  -- whose each reservation is, for the trigger that tells it
  perform set_config('apartado.callers', v_served::text, true);
  return query
  with made as (
    insert into apartado.reservations as r (stock_id, member_id, quantity, price, currency, reserved_at, expires_at)
    select v_stock.stock_id, c.member_id, c.quantity, v_stock.price, v_stock.currency, v_now, c.expires_at
      from jsonb_to_recordset(v_served) c (number integer, member_id bigint, quantity integer, expires_at timestamptz)
     order by c.number
    returning r.reservation_id, r.member_id
  )
  select c.number, c.caller, 'reserved', m.reservation_id, p_item, coalesce(p_location, 'main'), c.quantity, v_stock.price, v_stock.currency,
         c.expires_at, v_stock.available - c.units, v_stock.reserved + c.units, v_stock.sold, v_stock.queue_length,
         v_stock.version + c.place, v_now
    from made m
    join jsonb_to_recordset(v_served) c (number integer, caller jsonb, member_id bigint, quantity integer,
                                         expires_at timestamptz, units integer, place integer)
      on c.member_id = m.member_id
   order by c.number;
  perform set_config('apartado.callers', '', true);
  -- the last of them stands for all, where something is told once for the whole call
  perform apartado._act_as(c.alias, c.session_id, c.language)
     from jsonb_to_record(v_served -> -1) c (alias text, session_id bigint, language text);
end;
$$;

comment on function apartado._reserve_straight(bigint, text, jsonb) is 'Sets units of one stock row aside for several members at once, where nothing stands in the way of any.';
