-- reserve_together: answers requests of several sessions to reserve, each as reserve would, one after the other.
--
-- Gives   a row for each request, by number: what reserve answers, or the code and the words of its refusal. No row: send it to
--         reserve by itself, because its idempotency key or its member's turn is locked by another transaction; or because the
--         requests are about several stock rows, and this one cannot go straight
-- Raises  RS205 the requests are no list; what is wrong with one of them is its own answer, but for what is no value of its
--         type (class 22), for which each has to be asked for by itself
-- Locks   keys and the turns of all callers without waiting, then the stock row; several rows by id, and without waiting
-- Tells   reservation.created or queue.joined, each by its own session
-- Notes   p_requests: token, language, idempotency_key and the fields of reserve that were sent, in the order in which they
--         came. Those with nothing in their way are served, or put in line, set-based (_reserve_straight). If all are about one
--         stock row, it refuses set-based, too (_refuse_straight), and the rest go through reserve, in their order. If they are
--         about several, the call waits for no row lock, so that nobody waits for somebody else's item.
create or replace function apartado.reserve_together(p_requests jsonb)
  returns table (
    number         integer,
    code           text,
    title          text,
    detail         text,
    hint           text,
    field          text,
    outcome        text,
    reservation_id bigint,
    queue_entry_id bigint,
    "position"     bigint,
    item_id        bigint,
    location       text,
    quantity       integer,
    price          numeric,
    currency       text,
    expires_at     timestamptz,
    available      integer,
    reserved       integer,
    sold           integer,
    queue_length   integer,
    version        bigint,
    server_time    timestamptz
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
  v_answered integer[] := '{}';
  v_left     apartado.reserve_request[];
begin
  if jsonb_typeof(p_requests) is distinct from 'array' then
    perform apartado._refuse('RS205', 'requests');
  end if;
  v_requests := apartado._read_requests(p_requests, v_now);
  v_turns := apartado._take_turns_together(v_requests, v_now, v_has_keys);

  for number, outcome, reservation_id, queue_entry_id, "position", item_id, location, quantity, price, currency, expires_at, available,
      reserved, sold, queue_length, version, server_time
    in select * from apartado._reserve_straight(v_turns.free, v_turns.callers, v_turns.is_one_row)
  loop
    return next;
    v_answered := v_answered || number;
    if v_has_keys and v_requests[number].idempotency_key is not null then
      v_request := v_requests[number];
      perform apartado._remember(m.alias, v_request.idempotency_key, 'reserve',
                jsonb_build_array(v_request.item, v_request.quantity, v_request.location, extract(epoch from v_request.ttl), v_request.if_unavailable),
                jsonb_build_object('outcome', outcome, 'reservation_id', reservation_id, 'queue_entry_id', queue_entry_id, 'position', "position",
                  'item_id', item_id, 'location', location, 'quantity', quantity, 'price', price, 'currency', currency,
                  'expires_at', expires_at, 'available', available, 'reserved', reserved, 'sold', sold,
                  'queue_length', queue_length, 'version', version, 'server_time', server_time))
         from apartado.members m
        where m.member_id = v_request.member_id;
    end if;
  end loop;

  if not v_turns.is_one_row or cardinality(v_answered) = cardinality(v_requests) then
    return;
  end if;
  v_left := array(select r from unnest(v_turns.free) r where r.number <> all (v_answered) order by r.number);
  return query
  with refused as materialized (
    select f.* from apartado._refuse_straight(v_left) f
  )
  select f.*, null::text, null::bigint, null::bigint, null::bigint, null::bigint, null::text, null::integer, null::numeric, null::text,
         null::timestamptz, null::integer, null::integer, null::integer, null::integer, null::bigint, null::timestamptz
    from refused f
   union all
  select r.number, a.*
    from unnest(v_requests) r
   cross join lateral apartado._reserve_or_refuse(r) a
   where r.number <> all (v_answered || v_turns.busy)
     and r.number not in (select f.number from refused f);
end;
$$;

comment on function apartado.reserve_together(jsonb) is 'Answers requests of several sessions to reserve, each as reserve would, one after the other. Example: select * from apartado.reserve_together(''[{"token": "the token that sign_in gave", "item": "1"}]'')';

grant execute on function apartado.reserve_together to apartado_api;
