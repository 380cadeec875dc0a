-- leave_queue: give a place in a queue up.
--
-- Gives   the entry that was left; where none waits, null and the status of the member's last entry (none: there never was one)
-- Raises  RS101 no such item, or hidden and nothing was left
-- Locks   the member's name, stock row, the wishes of those who wait there
-- Tells   queue.left; queue.promoted for whoever stood behind an entry that wanted more than was free
-- Notes   leaves before it settles: whoever wants to go is not promoted on the way out.
create or replace function apartado.leave_queue(
  p_member           text,
  p_item             bigint,
  p_location         text default null,
  p_idempotency_key  text default null,
  out queue_entry_id bigint,
  out status         text
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id bigint := apartado._keep_name(p_member);
  v_owner     text := apartado._canonical_alias(p_member);
  v_request   jsonb := jsonb_build_array(p_item, p_location);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'leave_queue', v_request);
  v_stock     apartado.stock;
  v_now       timestamptz;
  v_entry     apartado.queue_entries;
begin
  if v_answer is not null then
    select * into queue_entry_id, status
      from jsonb_to_record(v_answer) as (queue_entry_id bigint, status text);
    return;
  end if;

  v_stock := apartado._lock_stock(p_item, p_location);
  v_now := apartado.clock();

  select q.*
    into v_entry
    from apartado.queue_entries q
   where q.stock_id = v_stock.stock_id
     and q.member_id = v_member_id
     and q.status in ('waiting', 'offered', 'suspended');

  if found then
    queue_entry_id := v_entry.queue_entry_id;
    status := 'left';
    perform apartado._drop_entry(v_stock, v_entry, 'left', null, v_now);
  else
    perform apartado._check_visible(p_item, v_member_id);
    select q.status into status
      from apartado.queue_entries q
     where q.stock_id = v_stock.stock_id and q.member_id = v_member_id
     order by q.ticket desc
     limit 1;
    status := coalesce(status, 'none');
  end if;

  perform apartado._remember(v_owner, p_idempotency_key, 'leave_queue', v_request, jsonb_build_object(
    'queue_entry_id', queue_entry_id, 'status', status));
end;
$$;

comment on function apartado.leave_queue(text, bigint, text, text) is 'Give a place in a queue up. Example: select * from apartado.leave_queue(''ben'', 1)';

grant execute on function apartado.leave_queue to apartado_api, apartado_operator;
