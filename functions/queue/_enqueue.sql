-- _enqueue: puts a member at the end of a queue.
--
-- Gives   the new entry and the stock row as it then is
-- Raises  RS202 more than there can ever be · RS305 sold for good · RS503 the queue is full, longer than the member
--         accepts, or the member has as much as they may
-- Locks   none itself: the caller holds the member's turn and the stock row, locked, bumped and settled
-- Tells   queue.joined
-- Notes   the aggregate makes the row whole before its counter changes, so that `set constraints all immediate` works
create or replace function apartado._enqueue(
  p_stock        apartado.stock,
  p_member_id    bigint,
  p_quantity     integer,
  p_max_position integer,
  p_needed_until timestamptz,
  p_now          timestamptz,
  out stock      apartado.stock,
  out queue_entry_id bigint
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_done record;
begin
  if not p_stock.restock and p_stock.available + p_stock.reserved = 0 then
    perform apartado._refuse('RS305', 'item', jsonb_build_object('sold', p_stock.sold));
  elsif not p_stock.restock and p_quantity > p_stock.available + p_stock.reserved then
    perform apartado._refuse('RS202', 'quantity', jsonb_build_object('largest', p_stock.available + p_stock.reserved));
  elsif p_stock.queue_length >= least(p_stock.queue_limit, p_max_position) then
    perform apartado._refuse('RS503', 'item', jsonb_build_object(
      'queue_length', p_stock.queue_length, 'limit', least(p_stock.queue_limit, p_max_position)));
  elsif apartado._active_count(p_member_id, p_now) >= p_stock.active_limit then
    perform apartado._refuse('RS503', 'member', jsonb_build_object('limit', p_stock.active_limit));
  end if;

  with joined as (
    insert into apartado.queue_entries as q (stock_id, member_id, quantity, ticket, joined_at, needed_until)
    values (p_stock.stock_id, p_member_id, p_quantity, p_stock.next_ticket, p_now, p_needed_until)
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
end;
$$;

comment on function apartado._enqueue(apartado.stock, bigint, integer, integer, timestamptz, timestamptz) is 'Puts a member at the end of a queue.';
