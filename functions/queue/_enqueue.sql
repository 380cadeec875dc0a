-- _enqueue: puts a member at the end of a queue, behind those of their priority.
--
-- Gives   the new entry and the stock row as it then is
-- Raises  RS202 more than there can ever be · RS305 sold for good · RS503 the queue is full, longer than the member
--         accepts, or the member has as much as they may · RS504 units per drop
-- Locks   none itself: the caller holds the member's turn and the stock row, locked, bumped and settled
-- Tells   queue.joined
-- Notes   p_served: the entry is served at once, so the queue grows no longer by it.
--         The aggregate makes the row whole before its counter changes, so that `set constraints all immediate` works.
create or replace function apartado._enqueue(
  p_stock        apartado.stock,
  p_member_id    bigint,
  p_class_id     bigint,
  p_quantity     integer,
  p_max_position integer,
  p_needed_until timestamptz,
  p_now          timestamptz,
  p_served       boolean default false,
  p_wish_id      bigint default null,
  out stock      apartado.stock,
  out queue_entry_id bigint,
  out "position" bigint
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_class    apartado.policies := apartado._class_policy(p_class_id);
  v_priority integer := coalesce(v_class.priority, (apartado._policy_of(p_stock.item_id, p_stock.location_id)).priority);
  v_ever     integer := p_stock.available + p_stock.reserved + apartado._planned(p_stock.stock_id);
  v_done     record;
begin
  if not p_stock.restock and v_ever = 0 then
    perform apartado._refuse('RS305', 'item', jsonb_build_object('sold', p_stock.sold));
  elsif not p_stock.restock and p_quantity > v_ever then
    perform apartado._refuse('RS202', 'quantity', jsonb_build_object('largest', v_ever));
  elsif not p_served and p_stock.queue_length >= coalesce(v_class.queue_limit, p_stock.queue_limit) then
    perform apartado._refuse('RS503', 'item', jsonb_build_object(
      'queue_length', p_stock.queue_length, 'limit', coalesce(v_class.queue_limit, p_stock.queue_limit)));
  end if;
  perform apartado._check_limits(p_stock, p_member_id, p_class_id, p_quantity, 'RS503', p_now);

  with joined as (
    insert into apartado.queue_entries as q (stock_id, member_id, quantity, ticket, priority, rank, joined_at, waiting_since, needed_until, wish_id)
    values (p_stock.stock_id, p_member_id, p_quantity, p_stock.next_ticket, v_priority, p_stock.next_ticket, p_now, p_now, p_needed_until, p_wish_id)
    returning q.queue_entry_id
  )
  update apartado.stock s
     set queue_length = s.queue_length + 1,
         next_ticket = s.next_ticket + 1,
         next_due_at = least(s.next_due_at, p_needed_until),
         version = s.version + 1
    from (select max(j.queue_entry_id) as queue_entry_id from joined j) j
   where s.stock_id = p_stock.stock_id
  returning s as stock, j.queue_entry_id into v_done;

  stock := v_done.stock;
  queue_entry_id := v_done.queue_entry_id;
  "position" := apartado._position(p_stock.stock_id, v_priority, p_stock.next_ticket, p_now);
  if "position" > p_max_position then
    perform apartado._refuse('RS503', 'max_position', jsonb_build_object('position', "position", 'limit', p_max_position));
  end if;
end;
$$;

comment on function apartado._enqueue(apartado.stock, bigint, bigint, integer, integer, timestamptz, timestamptz, boolean, bigint) is 'Puts a member at the end of a queue, behind those of their priority.';
