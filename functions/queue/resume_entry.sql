-- resume_entry: be served again, at the place that a suspended entry kept.
--
-- Gives   the entry, its status and position; doing it twice gives the same answer
-- Raises  RS101 no such item, or hidden · RS104 not kept at that location · RS107 you do not wait there
-- Locks   stock row, the wishes of those who wait there
-- Tells   queue.resumed; queue.promoted and reservation.created, or queue.offered, for whoever is served then
-- Notes   who was passed meanwhile waits from now on, and may be served at once: status promoted or offered.
create or replace function apartado.resume_entry(
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
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'resume_entry', v_request);
  v_done      record;
begin
  if v_answer is null then
    select * into v_done from apartado._switch_entry(v_member_id, p_item, p_location, 'suspended', 'waiting');

    v_answer := jsonb_build_object(
      'queue_entry_id', v_done.queue_entry_id, 'status', v_done.status, 'position', v_done."position",
      'queue_length', (v_done.stock).queue_length, 'server_time', v_done.now);
    perform apartado._remember(v_owner, p_idempotency_key, 'resume_entry', v_request, v_answer);
  end if;

  select * into queue_entry_id, status, "position", queue_length, server_time
    from jsonb_to_record(v_answer) as (
      queue_entry_id bigint, status text, "position" bigint, queue_length integer, server_time timestamptz);
end;
$$;

comment on function apartado.resume_entry(text, bigint, text, text) is 'Be served again, at the place that a suspended entry kept. Example: select * from apartado.resume_entry(''ben'', 1)';

grant execute on function apartado.resume_entry to apartado_api, apartado_operator;
