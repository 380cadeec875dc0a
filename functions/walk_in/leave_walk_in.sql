-- leave_walk_in: leave the line in front of a location; your cart stays.
--
-- Gives   the entry that was left; where none waits, the last one and its status (none: there never was one)
-- Raises  RS601 nobody is signed in, and no device is named · RS104 no such location · RS105 no cart, or it was merged into
--         another meanwhile · RS205 the device is named too short
-- Locks   under a key the member row (shared), the cart, then the line
-- Tells   walk_in.left, to its member and to operators
create or replace function apartado.leave_walk_in(
  p_member             text,
  p_device             text default null,
  p_location           text default null,
  p_idempotency_key    text default null,
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
  v_request jsonb := jsonb_build_array(p_device, p_location);
  v_answer  jsonb;
  v_cart    apartado.carts;
  v_entry   apartado.walk_in_entries;
  v_now     timestamptz;
begin
  select * into v_who from apartado._cart_owner(p_member, p_device, p_idempotency_key is not null);
  v_answer := apartado._recall(v_who.owner, p_idempotency_key, 'leave_walk_in', v_request);
  if v_answer is null then
    v_cart := apartado._lock_cart((apartado._active_cart(v_who.member_id, v_who.device_hash, apartado._location_id(p_location))).cart_id);
    perform apartado._lock_walk_in_queue(v_cart.location_id);
    v_now := apartado.clock();
    update apartado.walk_in_entries w
       set status = 'left', closed_at = v_now
     where w.cart_id = v_cart.cart_id
       and w.status = 'waiting';
    v_entry := apartado._last_walk_in(v_cart);
    v_answer := apartado._walk_in_answer(v_cart.location_id, v_cart.cart_id, v_entry, v_now);
    perform apartado._remember(v_who.owner, p_idempotency_key, 'leave_walk_in', v_request, v_answer);
  end if;

  select * into walk_in_entry_id, cart_id, location, ticket, status, "position", waiting, server_time, served_at
    from jsonb_to_record(v_answer) as (
      walk_in_entry_id bigint, cart_id bigint, location text, ticket bigint, status text, "position" bigint, waiting bigint,
      server_time timestamptz, served_at timestamptz);
end;
$$;

comment on function apartado.leave_walk_in(text, text, text, text) is 'Leave the line in front of a location; your cart stays. Example: select * from apartado.leave_walk_in(''ana'')';

grant execute on function apartado.leave_walk_in to apartado_api, apartado_operator;
