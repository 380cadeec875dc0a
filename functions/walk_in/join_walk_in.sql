-- join_walk_in: stand in the line in front of a location, with your cart.
--
-- Gives   your entry, its ticket and position, and how many wait; joining again gives the same entry, and writes nothing, also
--         when you were called since (status served, and served_at)
-- Raises  RS601 nobody is signed in, and no device is named · RS104 no such location · RS205 the device is named too short
-- Locks   under a key the member row (shared); where an entry may be made, the member's turn, the cart, then the line
-- Tells   walk_in.joined, to its member and to operators
-- Notes   entry and cart are made together, once, whatever is repeated. p_again: who was called stands in the line anew; without it
--         nobody who only asks once more is put back into it. get_walk_in_position is there to ask
create or replace function apartado.join_walk_in(
  p_member             text,
  p_device             text default null,
  p_location           text default null,
  p_idempotency_key    text default null,
  p_again              boolean default false,
  out walk_in_entry_id bigint,
  out cart_id          bigint,
  out location         text,
  out ticket           bigint,
  out status           text,
  out "position"       bigint,
  out waiting          bigint,
  out server_time      timestamptz,
  out served_at        timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_who     record;
  v_request jsonb := jsonb_build_array(p_device, p_location, p_again);
  v_stays   text[] := case when p_again then '{waiting}' else '{waiting,served}' end;
  v_answer  jsonb;
  v_cart    apartado.carts;
  v_queue   apartado.walk_in_queues;
  v_entry   apartado.walk_in_entries;
  v_now     timestamptz;
begin
  select * into v_who from apartado._cart_owner(p_member, p_device, p_idempotency_key is not null);
  v_answer := apartado._recall(v_who.owner, p_idempotency_key, 'join_walk_in', v_request);
  if v_answer is null then
    v_cart := apartado._active_cart(v_who.member_id, v_who.device_hash, apartado._location_id(p_location));
    v_entry := apartado._last_walk_in(v_cart);
    if v_entry.status is null or v_entry.status <> all (v_stays) then
      v_cart := (apartado._own_or_new_cart(p_member, v_who.device_hash, p_location)).cart;
      v_queue := apartado._lock_walk_in_queue(v_cart.location_id);
      v_now := apartado.clock();
      -- read again under the lock: it may have been called, or have joined, meanwhile
      v_entry := apartado._last_walk_in(v_cart);
      if v_entry.status is null or v_entry.status <> all (v_stays) then
        insert into apartado.walk_in_entries as w (location_id, cart_id, ticket, joined_at)
        values (v_cart.location_id, v_cart.cart_id, v_queue.next_ticket, v_now)
        returning w.* into v_entry;
        update apartado.walk_in_queues w
           set next_ticket = w.next_ticket + 1
         where w.location_id = v_cart.location_id;
      end if;
    end if;
    v_answer := apartado._walk_in_answer(v_cart.location_id, v_cart.cart_id, v_entry, coalesce(v_now, apartado.clock()));
    perform apartado._remember(v_who.owner, p_idempotency_key, 'join_walk_in', v_request, v_answer);
  end if;

  select * into walk_in_entry_id, cart_id, location, ticket, status, "position", waiting, server_time, served_at
    from jsonb_to_record(v_answer) as (
      walk_in_entry_id bigint, cart_id bigint, location text, ticket bigint, status text, "position" bigint, waiting bigint,
      server_time timestamptz, served_at timestamptz);
end;
$$;

comment on function apartado.join_walk_in(text, text, text, text, boolean) is 'Stand in the line in front of a location, with your cart. Example: select * from apartado.join_walk_in(''ana'')';

grant execute on function apartado.join_walk_in to apartado_api, apartado_operator;
