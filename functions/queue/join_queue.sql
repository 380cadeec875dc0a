-- join_queue: take a place in the queue of an item that is not available now.
--
-- Gives   the entry and its position. The position is null with an offer, and where the place was served at once: under the
--         policy partial with what is free, or before those of lower priority who want more than is free
-- Raises  RS101 no such item · RS202 quantity · RS203 p_needed_until is past · RS204 p_max_position
--         RS302 you hold one · RS304 it is available · RS305 sold for good · RS309 not for sale
--         RS503 the queue is full or longer than p_max_position, or you have as much as you may · RS504 units per drop
--         RS308 closed
-- Locks   the member's turn, the stock row, the wishes of those who wait there
-- Tells   queue.joined, through triggers/queue_entries.sql
-- Notes   joining again gives the same entry as it is, whatever p_quantity and p_needed_until are then; for others the member
--         leaves the queue and joins at its end
create or replace function apartado.join_queue(
  p_member           text,
  p_item             bigint,
  p_quantity         integer default 1,
  p_location         text default null,
  p_max_position     integer default null,
  p_needed_until     timestamptz default null,
  p_idempotency_key  text default null,
  out queue_entry_id bigint,
  out "position"     bigint,
  out queue_length   integer
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner     text := apartado._canonical_alias(p_member);
  v_request   jsonb := jsonb_build_array(p_item, p_quantity, p_location, p_max_position, p_needed_until at time zone 'UTC');
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'join_queue', v_request);
  v_member_id bigint;
  v_class_id  bigint;
  v_stock     apartado.stock;
  v_now       timestamptz;
  v_own       record;
  v_promoted  integer;
begin
  if v_answer is not null then
    select * into queue_entry_id, "position", queue_length
      from jsonb_to_record(v_answer) as (queue_entry_id bigint, "position" bigint, queue_length integer);
    return;
  end if;
  if p_quantity is null or p_quantity < 1 then
    perform apartado._refuse('RS202', 'quantity', jsonb_build_object('quantity', p_quantity, 'smallest', 1));
  elsif p_max_position < 1 then
    perform apartado._refuse('RS204', 'max_position', jsonb_build_object('max_position', p_max_position, 'smallest', 1));
  end if;

  select t.member_id, t.class_id into v_member_id, v_class_id from apartado._take_turn(p_member) t;
  v_stock := apartado._lock_stock(p_item, p_location);
  v_now := apartado.clock();
  if p_needed_until <= v_now then
    perform apartado._refuse('RS203/past', 'needed_until', jsonb_build_object(
      'needed_until', apartado._utc(p_needed_until), 'server_time', apartado._utc(v_now)));
  end if;
  perform apartado._check_open(v_stock, v_member_id, true, v_now);
  v_stock := (select f.stock from apartado._settle(v_stock, v_now) f);

  select * into v_own from apartado._own_claim(v_stock.stock_id, v_member_id);
  if v_own.reservation_id is not null then
    perform apartado._refuse_second(v_stock.stock_id, v_member_id);
  elsif v_own.queue_entry_id is not null then
    queue_entry_id := v_own.queue_entry_id;
    "position" := case when v_own.status <> 'offered' then apartado._position(v_stock.stock_id, v_own.priority, v_own.rank, v_now) end;
    queue_length := v_stock.queue_length;
  else
    if apartado._can_have(v_stock, v_member_id, p_quantity, v_now) then
      -- first, because RS304 says to reserve it, and a member at their limit cannot
      perform apartado._check_limits(v_stock, v_member_id, v_class_id, p_quantity, 'RS503', v_now);
      perform apartado._refuse('RS304', 'item', jsonb_build_object('available', v_stock.available));
    end if;
    select e.queue_entry_id, (f.stock).queue_length, e."position", f.promoted
      into queue_entry_id, queue_length, "position", v_promoted
      from apartado._enqueue(v_stock, v_member_id, v_class_id, p_quantity, p_max_position, p_needed_until, v_now) e
     cross join lateral apartado._settle(e.stock, v_now) f;
    if v_promoted > 0 then
      -- perhaps not this member: after a settling that stopped at its 2,000 others are next
      select * into v_own from apartado._own_claim(v_stock.stock_id, v_member_id);
      "position" := case when v_own.status = 'waiting' then apartado._position(v_stock.stock_id, v_own.priority, v_own.rank, v_now) end;
    end if;
  end if;

  perform apartado._remember(v_owner, p_idempotency_key, 'join_queue', v_request, jsonb_build_object(
    'queue_entry_id', queue_entry_id, 'position', "position", 'queue_length', queue_length));
end;
$$;

comment on function apartado.join_queue(text, bigint, integer, text, integer, timestamptz, text) is 'Take a place in the queue of an item that is not available now. Example: select * from apartado.join_queue(''cai'', 1, p_max_position => 3)';

grant execute on function apartado.join_queue to apartado_api, apartado_operator;
