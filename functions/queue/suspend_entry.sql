-- suspend_entry: let others go first for a while, and keep the place in the queue.
--
-- Gives   the entry, its status and position; doing it twice gives the same answer
-- Raises  RS101 no such item, or hidden · RS104 not kept at that location · RS107 you do not wait there · RS312 you have an offer
-- Locks   stock row, the wishes of those who wait there
-- Tells   queue.suspended; queue.promoted and reservation.created, or queue.offered, for whoever is served then
-- Notes   the place is kept and counted, and passed over; an offer is answered instead: decline_offer.
create or replace function apartado.suspend_entry(
  p_member           text,
  p_item             bigint,
  p_location         text default null,
  p_idempotency_key  text default null,
  out queue_entry_id bigint,
  out status         text,
  out "position"     bigint,
  out queue_length   integer,
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
  v_request   jsonb := jsonb_build_array(p_item, p_location);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'suspend_entry', v_request);
  v_done      record;
begin
  if v_answer is null then
    select * into v_done from apartado._switch_entry(v_member_id, p_item, p_location, 'waiting', 'suspended');
    if v_done.status = 'promoted' then
      perform apartado._refuse_no_entry(v_done.stock, v_member_id);
    elsif v_done.status = 'offered' then
      perform apartado._refuse('RS312/offered', 'item', jsonb_build_object(
        'queue_entry_id', v_done.queue_entry_id, 'status', v_done.status, 'possible', 'accept_offer, decline_offer'));
    end if;

    v_answer := jsonb_build_object(
      'queue_entry_id', v_done.queue_entry_id, 'status', v_done.status, 'position', v_done."position",
      'queue_length', (v_done.stock).queue_length, 'server_time', v_done.now);
    perform apartado._remember(v_owner, p_idempotency_key, 'suspend_entry', v_request, v_answer);
  end if;

  select * into queue_entry_id, status, "position", queue_length, server_time
    from jsonb_to_record(v_answer) as (
      queue_entry_id bigint, status text, "position" bigint, queue_length integer, server_time timestamptz);
end;
$$;

comment on function apartado.suspend_entry(text, bigint, text, text) is 'Let others go first for a while, and keep the place in the queue. Example: select * from apartado.suspend_entry(''ben'', 1)';

grant execute on function apartado.suspend_entry to apartado_api, apartado_operator;
