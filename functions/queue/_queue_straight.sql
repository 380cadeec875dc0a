-- _queue_straight: puts several members at the end of one queue at once, where nothing stands in the way of any.
--
-- Gives   for each request that got a place its number and what reserve answers: position, counters and version as if they had
--         come one after the other
-- Locks   none itself: the caller holds the turns of all these members, and the stock row that all of them are about
-- Tells   queue.joined for each, through triggers/queue_entries.sql
-- Notes   join_queue, and reserve with if_unavailable queue, set-based: nobody can be served (nothing is free, or it is not open
--         yet) and nothing is due. Who holds the item or waits for it already, and repeated requests, are skipped. It stops at
--         the first request that anything else stands against: that one and all later ones are left to reserve, in their order.
create or replace function apartado._queue_straight(
  p_requests apartado.reserve_request[],
  p_callers  text,
  p_now      timestamptz
)
  returns table (
    number         integer,
    queue_entry_id bigint,
    "position"     bigint,
    item_id        bigint,
    location       text,
    quantity       integer,
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
  -- parameters, not literals, so that no partial index is used (see _reserve_straight)
  c_active  constant text := 'active';
  c_open    constant text[] := '{waiting,offered,suspended}';
  v_stock   apartado.stock;
  v_ever    integer;
  v_since   timestamptz;
  v_entries bigint[];
  v_members bigint[];
  v_tickets bigint[];
begin
  select s.*
    into v_stock
    from apartado.stock s
   where s.stock_id = p_requests[1].stock_id
     and (s.available = 0 or s.opens_at > p_now)
     and s.open and s.closes_at > p_now
     and apartado._is_settled(s, p_now);
  if v_stock.stock_id is null then
    return;
  end if;
  v_ever := v_stock.available + v_stock.reserved + apartado._planned(v_stock.stock_id);
  v_since := apartado._after_served(v_stock.stock_id, p_now);

  perform set_config('apartado.callers', p_callers, true);
  with asked as (
    -- as seconds, see reserve
    select r.number, r.member_id, r.quantity, make_interval(secs => extract(epoch from r.ttl)) as ttl, r.repeats,
           r.max_position is not null or r.needed_until is not null as has_terms, t.class_id, t.barred,
           own.held, line.places, line.is_in_this, row_number() over (partition by r.member_id order by r.number) as time
      from unnest(p_requests) r
      join apartado.member_turns t on t.member_id = r.member_id
     cross join lateral (select count(*) as held, bool_or(o.stock_id = v_stock.stock_id) as is_of_this
                           from apartado.reservations o
                          where o.member_id = r.member_id and o.status = c_active) own
     cross join lateral (select count(*) as places, bool_or(q.stock_id = v_stock.stock_id) as is_in_this,
                                bool_or(q.stock_id = v_stock.stock_id and q.status = 'waiting') as waits
                           from apartado.queue_entries q
                          where q.member_id = r.member_id and q.status = any (c_open)) line
     where r.if_unavailable = 'queue'
       and own.is_of_this is not true
       and line.waits is not true
  ), ruled as materialized (
    -- once for each class
    select c.class_id, p.hold, p.priority, p.queue_limit
      from (select distinct a.class_id from asked a) c
     cross join lateral apartado._policy_of(v_stock.item_id, v_stock.location_id, c.class_id) p
  ), weighed as (
    select a.number, a.member_id, a.quantity, p.priority, p.queue_limit, row_number() over (order by a.number) as place,
           -- `is true`, because a quantity may be null, and then so is the whole condition
           (not a.barred and not a.repeats and not a.has_terms
             and a.quantity >= 1 and (v_stock.restock or a.quantity <= v_ever)
             and (a.ttl is null or a.ttl > '0' and a.ttl <= p.hold)
             and a.is_in_this is not true
             -- with fewer rows than the limit there is no need to ask which of them still count
             and (a.held + a.places < v_stock.active_limit and coalesce(a.class_id, v_stock.item_limit, v_stock.drop_limit) is null
                  or not exists (select from apartado._limit_refusals(v_stock, a.member_id, a.class_id, a.quantity, 'RS503', p_now)))) is true as may
      from asked a
      join ruled p on p.class_id is not distinct from a.class_id
     where a.time = 1
  ), joined as (
    -- ids in the order of the numbers
    insert into apartado.queue_entries as q (stock_id, member_id, quantity, ticket, priority, rank, joined_at, waiting_since)
    select v_stock.stock_id, w.member_id, w.quantity, v_stock.next_ticket + w.place - 1, w.priority, v_stock.next_ticket + w.place - 1, p_now, v_since
      from (select x.*, bool_and(x.may and v_stock.queue_length + x.place <= x.queue_limit) over (order by x.number) as goes
              from weighed x) w
     where w.goes
     order by w.number
    returning q.queue_entry_id, q.member_id, q.ticket
  )
  update apartado.stock s
     set queue_length = s.queue_length + n.places,
         next_ticket = s.next_ticket + n.places,
         version = s.version + n.places
    -- the aggregate completes the CTE before stock is updated (see _change_reservation)
    from (select count(*)::integer as places, array_agg(j.queue_entry_id) as entries, array_agg(j.member_id) as members,
                 array_agg(j.ticket) as tickets
            from joined j) n
   where s.stock_id = v_stock.stock_id and n.places > 0
  returning n.entries, n.members, n.tickets into v_entries, v_members, v_tickets;
  perform set_config('apartado.callers', '', true);

  -- from the arrays, not from the table: a plan cached while it was empty scans everybody who ever waited
  return query
  select r.number, q.queue_entry_id, p."position", r.item, coalesce(r.location, 'main'), r.quantity,
         v_stock.available, v_stock.reserved, v_stock.sold, (v_stock.queue_length + n.place)::integer, v_stock.version + n.place, p_now
    from unnest(v_entries, v_members, v_tickets) q (queue_entry_id, member_id, ticket)
    join unnest(p_requests) r on r.member_id = q.member_id and not r.repeats
    join apartado._positions_together(v_entries) p on p.queue_entry_id = q.queue_entry_id
   cross join lateral (select q.ticket - v_stock.next_ticket + 1 as place) n
   order by r.number;
end;
$$;

comment on function apartado._queue_straight(apartado.reserve_request[], text, timestamptz) is 'Puts several members at the end of one queue at once, where nothing stands in the way of any.';
