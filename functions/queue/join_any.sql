-- join_any: wait for whichever of several items, or locations, comes free first.
--
-- Gives   a row per place: one wish, with a place in each queue; the first that is served (or offered) ends the others. The
--         positions are null where that was at once: under the policy partial with what is free, or before those of lower
--         priority who want more than is free
-- Raises  RS101 no such item · RS104 not kept there · RS202 quantity · RS204 more than 100 items · RS205 no items
--         RS302 you hold one · RS303 you wait for one · RS304 one is available · RS305 sold for good · RS308 closed
--         RS309 not for sale · RS503 a queue is full, or you have as much as you may · RS504 units per drop; detail says which
-- Locks   the member's turn, the stock rows by id, the wishes of those who wait there
-- Tells   queue.joined, of each place
-- Notes   p_location null is every location at which the items are kept. A wish counts as one place against every limit.
--         leave_queue gives up one of its places; the wish ends with the last. An offer that is missed, and by policy keeps
--         its place, goes on as a place of its own.
create or replace function apartado.join_any(
  p_member          text,
  p_items           bigint[],
  p_quantity        integer default 1,
  p_location        text default null,
  p_idempotency_key text default null
)
  returns table (
    wish_id        bigint,
    queue_entry_id bigint,
    item_id        bigint,
    location       text,
    "position"     bigint,
    queue_length   integer
  )
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner     text := apartado._canonical_alias(p_member);
  v_request   jsonb := jsonb_build_array(p_items, p_quantity, p_location);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'join_any', v_request);
  v_member    record;
  v_stock_ids bigint[];
  v_now       timestamptz;
  v_wish_id   bigint;
  v_entry_ids bigint[];
begin
  if v_answer is null then
    if coalesce(cardinality(p_items), 0) = 0 or exists (select from unnest(p_items) i (item_id) where i.item_id is null) then
      perform apartado._refuse('RS205', 'items', '{"expected": "list of items"}');
    elsif cardinality(p_items) > 100 then
      perform apartado._refuse('RS204', 'items', jsonb_build_object('items', cardinality(p_items), 'most', 100));
    elsif p_quantity is null or p_quantity < 1 then
      perform apartado._refuse('RS202', 'quantity', jsonb_build_object('quantity', p_quantity, 'smallest', 1));
    end if;

    select t.member_id, t.class_id into v_member from apartado._take_turn(p_member) t;
    v_stock_ids := apartado._wished_stock(p_items, p_location);
    perform apartado._lock_stocks(v_stock_ids);
    v_now := apartado.clock();
    perform apartado._settle_all(v_stock_ids, v_now);
    v_stock_ids := apartado._check_wish(v_stock_ids, v_member.member_id, v_member.class_id, p_quantity, p_location is null, v_now);

    insert into apartado.wishes as w (member_id, created_at)
    values (v_member.member_id, v_now)
    returning w.wish_id into v_wish_id;
    v_entry_ids := array(
      select e.queue_entry_id
        from apartado.stock s
       cross join lateral apartado._enqueue(s, v_member.member_id, v_member.class_id, p_quantity, null, null, v_now, false, v_wish_id) e
       where s.stock_id = any (v_stock_ids));
    perform apartado._settle_all(v_stock_ids, v_now);
    v_answer := (
      select jsonb_agg(jsonb_build_object(
               'wish_id', v_wish_id, 'queue_entry_id', q.queue_entry_id, 'item_id', s.item_id, 'location', l.code,
               'position', case q.status when 'waiting' then apartado._position(q.stock_id, q.priority, q.rank, v_now) end,
               'queue_length', s.queue_length) order by s.item_id, l.code)
        from apartado.queue_entries q
       -- an index look-up for each place, see _cart_lines
       cross join lateral (select x.item_id, x.location_id, x.queue_length from apartado.stock x where x.stock_id = q.stock_id offset 0) s
        join apartado.locations l on l.location_id = s.location_id
       where q.queue_entry_id = any (v_entry_ids));

    perform apartado._remember(v_owner, p_idempotency_key, 'join_any', v_request, v_answer);
  end if;

  return query
    select a.*
      from jsonb_to_recordset(v_answer) as a (
             wish_id bigint, queue_entry_id bigint, item_id bigint, location text, "position" bigint, queue_length integer)
     order by a.item_id, a.location;
end;
$$;

comment on function apartado.join_any(text, bigint[], integer, text, text) is 'Wait for whichever of several items, or locations, comes free first. Example: select * from apartado.join_any(''cai'', array[1, 2])';

grant execute on function apartado.join_any to apartado_api, apartado_operator;
