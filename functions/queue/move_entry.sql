-- move_entry: put somebody elsewhere in a queue, with a reason that they can read.
--
-- Gives   the entry with its status and position, and how many wait; it may be served at once: status promoted or offered
-- Raises  RS107 no such entry · RS204 no such position · RS205 no reason · RS312 it does not wait: it has an offer, or is closed
-- Locks   stock row, the wishes of those who wait there
-- Tells   queue.moved; queue.promoted and reservation.created, or queue.offered, for whoever is served then
-- Notes   settles before it moves: what was due before belongs to those who stood there. How often the entry was passed is
--         counted anew from its new place: who was served by that settling has not passed it.
create or replace function apartado.move_entry(
  p_actor            text,
  p_entry            bigint,
  p_position         integer,
  p_reason           text,
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
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_entry, p_position, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'move_entry', v_request);
  v_stock   apartado.stock;
  v_entry   apartado.queue_entries;
  v_place   record;
begin
  if v_answer is not null then
    select * into queue_entry_id, status, "position", queue_length, server_time
      from jsonb_to_record(v_answer) as (
        queue_entry_id bigint, status text, "position" bigint, queue_length integer, server_time timestamptz);
    return;
  end if;
  perform apartado._check_reason(p_reason);

  v_stock := apartado._lock_stock_of_entry(p_entry);
  server_time := apartado.clock();
  v_stock := (select f.stock from apartado._settle(v_stock, server_time) f);
  select q.* into v_entry from apartado.queue_entries q where q.queue_entry_id = p_entry;
  if v_entry.status not in ('waiting', 'suspended') then
    perform apartado._refuse('RS312/not_waiting', 'entry', jsonb_build_object('entry', p_entry, 'status', v_entry.status));
  elsif p_position is null or p_position not between 1 and v_stock.queue_length then
    perform apartado._refuse('RS204', 'position', jsonb_build_object('position', p_position, 'smallest', 1, 'largest', v_stock.queue_length));
  end if;

  if apartado._position(v_stock.stock_id, v_entry.priority, v_entry.rank, server_time) <> p_position then
    server_time := apartado._after_served(v_stock.stock_id, server_time);
    select * into v_place from apartado._place_at(v_stock, v_entry, p_position);
    if v_place.rank is null then
      v_stock := apartado._spread_ranks(v_stock);
      select * into v_place from apartado._place_at(v_stock, v_entry, p_position);
    end if;

    with moved as (
      update apartado.queue_entries q
         set priority = v_place.priority, rank = v_place.rank, moves = q.moves + 1, move_reason = p_reason, waiting_since = server_time
       where q.queue_entry_id = p_entry
      returning q.queue_entry_id
    )
    update apartado.stock s
       set next_ticket = greatest(s.next_ticket, floor(v_place.rank)::bigint + 1),
           version = s.version + 1
      from (select count(*) from moved) m
     where s.stock_id = v_stock.stock_id
    returning s.* into v_stock;
    v_stock := (select f.stock from apartado._settle(v_stock, server_time) f);
    select q.* into v_entry from apartado.queue_entries q where q.queue_entry_id = p_entry;
  end if;

  queue_entry_id := p_entry;
  status := v_entry.status;
  "position" := case when status in ('waiting', 'suspended')
                     then apartado._position(v_stock.stock_id, v_entry.priority, v_entry.rank, server_time) end;
  queue_length := v_stock.queue_length;

  perform apartado._remember(v_owner, p_idempotency_key, 'move_entry', v_request, jsonb_build_object(
    'queue_entry_id', queue_entry_id, 'status', status, 'position', "position", 'queue_length', queue_length,
    'server_time', server_time));
end;
$$;

comment on function apartado.move_entry(text, bigint, integer, text, text) is 'Put somebody elsewhere in a queue, with a reason that they can read. Example: select * from apartado.move_entry(null, 1, 1, ''was here first'')';

grant execute on function apartado.move_entry to apartado_api, apartado_operator;
