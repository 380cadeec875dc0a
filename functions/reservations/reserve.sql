-- reserve: set units of an item aside for a member until a deadline, or take a place in its queue.
--
-- Gives   outcome reserved (with reservation_id, expires_at) or queued (with queue_entry_id, position), and fresh counters
-- Raises  RS101 no such item · RS202 quantity · RS203 p_ttl is not positive, longer than the policy's hold, or longer than 366 days
--         RS205 p_if_unavailable
--         RS301 not enough is available · RS302 you hold one already · RS303 you wait for it · RS305 sold
--         RS306 people are waiting · RS307 not open yet · RS308 closed · RS309 not for sale · RS501 reservations per member,
--         or units of the item · RS504 units per drop · RS503 queue (when queueing)
-- Locks   the member's turn, the line in front of the item (advisory), the stock row, the wishes of those who wait there
-- Tells   reservation.created or queue.joined, through triggers/reservations.sql and triggers/queue_entries.sql
-- Notes   p_ttl may shorten the policy's hold, never lengthen it. Callers queue on an advisory lock before they touch the stock
--         row: first come, first served, and the row is free when they reach it. If they queued on the row lock itself, each
--         would evaluate the UPDATE again while holding the row (EvalPlanQual). A transaction that has written before does not
--         queue: it may hold the row already, and those in the queue wait for it, so it would deadlock with them
create or replace function apartado.reserve(
  p_member           text,
  p_item             bigint,
  p_quantity         integer default 1,
  p_location         text default null,
  p_ttl              interval default null,
  p_if_unavailable   text default 'fail',
  p_idempotency_key  text default null,
  out outcome        text,
  out reservation_id bigint,
  out queue_entry_id bigint,
  out "position"     bigint,
  out item_id        bigint,
  out location       text,
  out quantity       integer,
  out price          numeric,
  out currency       text,
  out expires_at     timestamptz,
  out available      integer,
  out reserved       integer,
  out sold           integer,
  out queue_length   integer,
  out version        bigint,
  out server_time    timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_turn         record;
  v_class        apartado.policies;
  v_request      jsonb;
  v_answer       jsonb;
  v_stock_id     bigint;
  v_hold         interval;
  v_active_limit integer;
  v_limited      boolean;
  v_is_late      boolean;
  v_may_stand    boolean := pg_current_xact_id_if_assigned() is null;
begin
  if p_idempotency_key is not null then
    v_request := jsonb_build_array(p_item, p_quantity, p_location, extract(epoch from p_ttl), p_if_unavailable);
    v_answer := apartado._recall(apartado._canonical_alias(p_member), p_idempotency_key, 'reserve', v_request);
    if v_answer is not null then
      select * into outcome, reservation_id, queue_entry_id, "position", item_id, location, quantity, price, currency,
                    expires_at, available, reserved, sold, queue_length, version, server_time
        from jsonb_to_record(v_answer) as (
          outcome text, reservation_id bigint, queue_entry_id bigint, "position" bigint, item_id bigint, location text,
          quantity integer, price numeric, currency text, expires_at timestamptz, available integer, reserved integer,
          sold integer, queue_length integer, version bigint, server_time timestamptz);
      return;
    end if;
  end if;
  if p_quantity is null or p_quantity < 1 then
    perform apartado._refuse('RS202', 'quantity', jsonb_build_object('quantity', p_quantity, 'smallest', 1));
  elsif extract(epoch from p_ttl) <= 0 or p_ttl > apartado._longest_hold() then
    perform apartado._refuse('RS203', 'ttl', jsonb_build_object('ttl', apartado._iso_8601(p_ttl)));
  elsif p_if_unavailable is null or p_if_unavailable not in ('fail', 'queue') then
    perform apartado._refuse('RS205', 'if_unavailable', jsonb_build_object('expected', 'fail, queue'));
  end if;

  -- as seconds, because a day may have 23 or 25 hours
  p_ttl := make_interval(secs => extract(epoch from p_ttl));
  location := coalesce(p_location, 'main');
  v_turn := apartado._take_turn(p_member);
  if v_turn.class_id is not null then
    v_class := apartado._class_policy(v_turn.class_id);
  end if;
  if v_may_stand then
    -- an assignment is evaluated as a simple expression; perform would start the executor
    v_may_stand := pg_advisory_xact_lock(apartado._lock_key('item', p_item)) is not null;
  end if;

  -- The straight way: units are free, nobody waits, nothing is due. If the row was changed while we waited for it, EvalPlanQual
  -- rechecks the guard on the new version, which carries every rule. The clock in RETURNING is read under the lock.
  update apartado.stock s
     set available = s.available - p_quantity,
         reserved = s.reserved + p_quantity,
         next_due_at = least(s.next_due_at, apartado.clock() + coalesce(p_ttl, v_class.hold, s.hold)),
         version = s.version + 1,
         vouched_version = s.version + 1
   where s.location_id = (select l.location_id from apartado.locations l where l.code = location)
     and s.item_id = p_item
     and s.available >= p_quantity
     and s.queue_length = 0
     and (p_ttl is null or p_ttl <= coalesce(v_class.hold, s.hold))
     and s.open and not s.offering and s.opens_at <= apartado.clock() and least(s.next_due_at, s.closes_at) > apartado.clock()
  returning s.stock_id, s.price, s.currency, s.available, s.reserved, s.sold, s.queue_length, s.version,
            coalesce(v_class.hold, s.hold), coalesce(v_class.active_limit, s.active_limit),
            coalesce(v_class.item_limit, s.item_limit, v_class.drop_limit, s.drop_limit) is not null, apartado.clock(),
            least(s.next_due_at, s.closes_at) <= apartado.clock()
       into v_stock_id, price, currency, available, reserved, sold, queue_length, version,
            v_hold, v_active_limit, v_limited, server_time, v_is_late;
  if v_is_late then
    -- We waited for a transaction that rolled back, so there was no recheck, and a deadline of the guard has passed meanwhile.
    update apartado.stock s
       set available = s.available + p_quantity, reserved = s.reserved - p_quantity, version = s.version + 1
     where s.stock_id = v_stock_id;
    v_stock_id := null;
  end if;
  if v_stock_id is not null then
    quantity := p_quantity;
    expires_at := server_time + coalesce(p_ttl, v_hold);
    -- read by the trigger that tells of the reservation; assignments, as above
    v_may_stand := set_config('apartado.alone', 'on', true) is not null;
    insert into apartado.reservations as r (stock_id, member_id, quantity, price, currency, reserved_at, expires_at)
    values (v_stock_id, v_turn.member_id, quantity, price, currency, server_time, expires_at)
    on conflict (stock_id, member_id) where status = 'active' do nothing
    returning r.reservation_id into reservation_id;
    v_may_stand := set_config('apartado.alone', '', true) is not null;
    if reservation_id is null then
      perform apartado._refuse_second(v_stock_id, v_turn.member_id);
    elsif apartado._active_count(v_turn.member_id, server_time) > v_active_limit then
      perform apartado._refuse('RS501', 'member', jsonb_build_object('limit', v_active_limit));
    elsif v_limited then
      perform apartado._check_limits(s, v_turn.member_id, v_turn.class_id, 0, 'RS501', server_time)
         from apartado.stock s
        where s.stock_id = v_stock_id;
    end if;
  else
    -- the long way: settle the row, then decide what the member may have
    select w.* into reservation_id, queue_entry_id, "position", quantity, price, currency, expires_at,
                    available, reserved, sold, queue_length, version, server_time
      from apartado._claim_or_wait(v_turn.member_id, v_turn.class_id, p_item, location, p_quantity, p_ttl, p_if_unavailable) w;
  end if;

  item_id := p_item;
  outcome := case when reservation_id is null then 'queued' else 'reserved' end;

  if p_idempotency_key is not null then
    perform apartado._remember(apartado._canonical_alias(p_member), p_idempotency_key, 'reserve', v_request, jsonb_build_object(
      'outcome', outcome, 'reservation_id', reservation_id, 'queue_entry_id', queue_entry_id, 'position', "position",
      'item_id', item_id, 'location', location, 'quantity', quantity, 'price', price, 'currency', currency,
      'expires_at', expires_at, 'available', available, 'reserved', reserved, 'sold', sold,
      'queue_length', queue_length, 'version', version, 'server_time', server_time));
  end if;
end;
$$;

comment on function apartado.reserve(text, bigint, integer, text, interval, text, text) is 'Set units of an item aside for a member until a deadline, or take a place in its queue. Example: select * from apartado.reserve(''cai'', 2, p_ttl => ''15 minutes'')';

grant execute on function apartado.reserve to apartado_api, apartado_operator;
