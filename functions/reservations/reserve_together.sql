-- reserve_together: answers requests of several sessions to reserve one item, each as reserve would, one after the other.
--
-- Gives   a row for each request, by number: what reserve answers, or the code and the words of its refusal; no row for one
--         whose idempotency key somebody uses in this moment: it is to be sent to reserve by itself
-- Raises  RS205 the requests are no list; what is wrong with one of them is its own answer
-- Locks   keys without waiting, the turns of all callers by id, then the stock row
-- Tells   reservation.created or queue.joined, each by its own session
-- Notes   p_requests: token, language, idempotency_key and the fields of reserve that were sent, in the order in which they
--         came. Those in whose way nothing stands are served at once (_reserve_straight), then the others in their order.
create or replace function apartado.reserve_together(
  p_item     bigint,
  p_location text,
  p_requests jsonb
)
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
  v_turns  record;
  v_caller jsonb;
  v_served integer[] := '{}';
begin
  if jsonb_typeof(p_requests) is distinct from 'array' then
    perform apartado._refuse('RS205', 'requests');
  end if;
  select * into v_turns from apartado._take_turns_together(p_requests, apartado.clock());

  for number, v_caller, outcome, reservation_id, item_id, location, quantity, price, currency, expires_at, available, reserved, sold,
      queue_length, version, server_time
    in select * from apartado._reserve_straight(p_item, p_location, v_turns.callers)
  loop
    return next;
    v_served := v_served || number;
    if v_caller ->> 'key' is not null then
      perform apartado._remember(c.alias, c.key, 'reserve',
                jsonb_build_array(p_item, c.quantity, p_location, extract(epoch from c.ttl), c.if_unavailable),
                jsonb_build_object('outcome', outcome, 'reservation_id', reservation_id, 'queue_entry_id', queue_entry_id, 'position', "position",
                  'item_id', item_id, 'location', location, 'quantity', quantity, 'price', price, 'currency', currency,
                  'expires_at', expires_at, 'available', available, 'reserved', reserved, 'sold', sold,
                  'queue_length', queue_length, 'version', version, 'server_time', server_time))
         from jsonb_to_record(v_caller) c (alias text, key text, quantity integer, ttl interval, if_unavailable text);
    end if;
  end loop;

  return query
  select e.number::integer, r.*
    from jsonb_array_elements(p_requests) with ordinality e (request, number)
   cross join lateral apartado._reserve_or_refuse(p_item, p_location, e.request) r
   where e.number <> all (v_served || v_turns.busy);
end;
$$;

comment on function apartado.reserve_together(bigint, text, jsonb) is 'Answers requests of several sessions to reserve one item, each as reserve would, one after the other. Example: select * from apartado.reserve_together(1, null, ''[{"token": "the token that sign_in gave"}]'')';

grant execute on function apartado.reserve_together to apartado_api;
