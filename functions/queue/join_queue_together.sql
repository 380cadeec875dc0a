-- join_queue_together: answers requests of several sessions to join queues, each as join_queue would, one after the other.
--
-- Gives   a row for each request, by number: what join_queue answers, or the code and the words of its refusal. No row: send it
--         to join_queue by itself, because its idempotency key or its member's turn is locked by another transaction; or because
--         the requests are about several stock rows, and this one cannot go straight
-- Raises  RS205 the requests are no list; what is wrong with one of them is its own answer, but for what is no value of its
--         type (class 22), for which each has to be asked for by itself
-- Locks   keys and the turns of all callers without waiting, then the stock row; several rows by id, and without waiting
-- Tells   queue.joined, each by its own session
-- Notes   p_requests: token, language, idempotency_key and the fields of join_queue that were sent, in the order in which they
--         came. Those with nothing in their way are put in line set-based (_queue_straight). If all are about one stock row, the
--         rest go through join_queue, in their order. If they are about several, the call waits for no row lock.
create or replace function apartado.join_queue_together(p_requests jsonb)
  returns table (
    number         integer,
    code           text,
    title          text,
    detail         text,
    hint           text,
    field          text,
    queue_entry_id bigint,
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
  v_now      timestamptz := apartado.clock();
  v_has_keys boolean := p_requests @? '$[*].idempotency_key ? (@ != null)';
  v_requests apartado.reserve_request[];
  v_turns    record;
  v_request  apartado.reserve_request;
  v_stock_id bigint;
  v_answered integer[] := '{}';
begin
  if jsonb_typeof(p_requests) is distinct from 'array' then
    perform apartado._refuse('RS205', 'requests');
  end if;
  v_requests := apartado._read_requests(p_requests, v_now, 'queue');
  v_turns := apartado._take_turns_together(v_requests, v_now, v_has_keys);

  foreach v_stock_id in array apartado._lock_together(v_turns.free, v_turns.is_one_row) loop
    for number, queue_entry_id, "position", queue_length
      in select q.number, q.queue_entry_id, q."position", q.queue_length
           from apartado._queue_straight(array(select r from unnest(v_turns.free) r where r.stock_id = v_stock_id order by r.number),
                                         v_turns.callers, apartado.clock()) q
    loop
      return next;
      v_answered := v_answered || number;
      v_request := v_requests[number];
      if v_request.idempotency_key is not null then
        perform apartado._remember(m.alias, v_request.idempotency_key, 'join_queue',
                  jsonb_build_array(v_request.item, v_request.quantity, v_request.location, v_request.max_position,
                                    v_request.needed_until at time zone 'UTC'),
                  jsonb_build_object('queue_entry_id', queue_entry_id, 'position', "position", 'queue_length', queue_length))
           from apartado.members m
          where m.member_id = v_request.member_id;
      end if;
    end loop;
  end loop;

  if not v_turns.is_one_row or cardinality(v_answered) = cardinality(v_requests) then
    return;
  end if;
  return query
  select r.number, a.*
    from unnest(v_requests) r
   cross join lateral apartado._join_or_refuse(r) a
   where r.number <> all (v_answered || v_turns.busy);
end;
$$;

comment on function apartado.join_queue_together(jsonb) is 'Answers requests of several sessions to join queues, each as join_queue would, one after the other. Example: select * from apartado.join_queue_together(''[{"token": "the token that sign_in gave", "item": "1"}]'')';

grant execute on function apartado.join_queue_together to apartado_api;
