-- decline_offer: say no to what the queue offers; whoever is next is served in the same transaction.
--
-- Gives   the entry, which was left, and how many were promoted
-- Raises  RS107 not there, or not yours · RS401 the offer was missed · RS312 there is no offer to decline
-- Locks   stock row, the wishes of those who wait there
-- Tells   queue.left; queue.promoted and reservation.created, or queue.offered, for whoever is next
create or replace function apartado.decline_offer(
  p_member           text,
  p_entry            bigint,
  p_idempotency_key  text default null,
  out queue_entry_id bigint,
  out status         text,
  out promoted       integer,
  out server_time    timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id bigint := apartado._member_id(p_member);
  v_owner     text := apartado._canonical_alias(p_member);
  v_request   jsonb := jsonb_build_array(p_entry);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'decline_offer', v_request);
  v_found     record;
begin
  if v_answer is not null then
    select * into queue_entry_id, status, promoted, server_time
      from jsonb_to_record(v_answer) as (queue_entry_id bigint, status text, promoted integer, server_time timestamptz);
    return;
  end if;

  select * into v_found from apartado._lock_live_offer(v_member_id, p_entry);
  queue_entry_id := p_entry;
  status := 'left';
  promoted := (select d.promoted from apartado._drop_entry(v_found.stock, v_found.entry, 'left', 'declined', v_found.now) d);
  server_time := v_found.now;

  perform apartado._remember(v_owner, p_idempotency_key, 'decline_offer', v_request, jsonb_build_object(
    'queue_entry_id', queue_entry_id, 'status', status, 'promoted', promoted, 'server_time', server_time));
end;
$$;

comment on function apartado.decline_offer(text, bigint, text) is 'Say no to what the queue offers; whoever is next is served in the same transaction. Example: select * from apartado.decline_offer(''ben'', 1)';

grant execute on function apartado.decline_offer to apartado_api, apartado_operator;
