-- _enqueue: puts a member at the end of a queue, behind those of their priority.
--
-- Gives   the new entry and the stock row as it then is
-- Raises  the first of _queue_refusals: RS305, RS202, RS503, RS504 · RS503 longer than the member accepts
-- Locks   none itself: the caller holds the member's turn and the stock row, locked, bumped and settled
-- Tells   queue.joined
-- Notes   p_served: the entry is served at once, so the queue does not get longer. p_wish_id: join_any has checked the limits.
--         The aggregate completes the CTE before stock is updated (see _change_reservation).
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
  -- only the priority is needed: _policy_of would resolve every value of the policy at each join
  v_priority integer := (select (l.policy).priority
                           from apartado._policy_layers(p_stock.item_id, p_stock.location_id, p_class_id) l
                          where (l.policy).priority is not null
                          order by l.layer
                          limit 1);
  v_done     record;
begin
  perform apartado._refuse(r.code, r.parameter, r.facts)
     from apartado._queue_refusals(p_stock, p_member_id, p_class_id, p_quantity, p_now, p_served, p_wish_id is null) r;

  with joined as (
    insert into apartado.queue_entries as q (stock_id, member_id, quantity, ticket, priority, rank, joined_at, waiting_since, needed_until, wish_id)
    values (p_stock.stock_id, p_member_id, p_quantity, p_stock.next_ticket, v_priority, p_stock.next_ticket, p_now,
            apartado._after_served(p_stock.stock_id, p_now), p_needed_until, p_wish_id)
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
    perform apartado._refuse('RS503/max_position', 'max_position', jsonb_build_object('position', "position", 'limit', p_max_position));
  end if;
end;
$$;

comment on function apartado._enqueue(apartado.stock, bigint, bigint, integer, integer, timestamptz, timestamptz, boolean, bigint) is 'Puts a member at the end of a queue, behind those of their priority.';
