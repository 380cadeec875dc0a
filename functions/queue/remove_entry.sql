-- remove_entry: take somebody out of a queue, with a reason that they can read.
--
-- Gives   the entry, how many wait then, and how many were promoted
-- Raises  RS107 no such entry · RS205 no reason · RS312 it is over, closed or not
-- Locks   stock row, the wishes of those who wait there
-- Tells   queue.removed; queue.promoted and reservation.created, or queue.offered, for whoever is served then
-- Notes   removes before it settles: who is to go is not promoted on the way out, and whose offer was missed is not asked again.
--         The member reads the reason among their events, and whenever they ask for the place that they have no more.
create or replace function apartado.remove_entry(
  p_actor            text,
  p_entry            bigint,
  p_reason           text,
  p_idempotency_key  text default null,
  out queue_entry_id bigint,
  out status         text,
  out queue_length   integer,
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
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_entry, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'remove_entry', v_request);
  v_stock   apartado.stock;
  v_entry   apartado.queue_entries;
  v_over    text; -- what became of it, if it is there no more
  v_done    record;
begin
  if v_answer is null then
    perform apartado._check_reason(p_reason);

    v_stock := apartado._lock_stock_of_entry(p_entry);
    server_time := apartado.clock();
    select q.* into v_entry from apartado.queue_entries q where q.queue_entry_id = p_entry;
    if v_entry.closed_at is not null then
      v_over := v_entry.status;
    elsif v_entry.status <> 'offered' and (select e.status from apartado._entry_as_settled(v_stock, v_entry, server_time) e) is null then
      v_over := 'closed';
    end if;
    if v_over is not null then
      perform apartado._refuse('RS312/not_waiting', 'entry', jsonb_build_object('entry', p_entry, 'status', v_over));
    end if;

    select * into v_done from apartado._drop_entry(v_stock, v_entry, 'removed', p_reason, server_time);

    v_answer := jsonb_build_object(
      'queue_entry_id', p_entry, 'status', 'removed', 'queue_length', (v_done.stock).queue_length, 'promoted', v_done.promoted,
      'server_time', server_time);
    perform apartado._remember(v_owner, p_idempotency_key, 'remove_entry', v_request, v_answer);
  end if;

  select * into queue_entry_id, status, queue_length, promoted, server_time
    from jsonb_to_record(v_answer) as (
      queue_entry_id bigint, status text, queue_length integer, promoted integer, server_time timestamptz);
end;
$$;

comment on function apartado.remove_entry(text, bigint, text, text) is 'Take somebody out of a queue, with a reason that they can read. Example: select * from apartado.remove_entry(null, 1, ''asked us to'')';

grant execute on function apartado.remove_entry to apartado_api, apartado_operator;
