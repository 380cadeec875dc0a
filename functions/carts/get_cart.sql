-- get_cart: look at your cart, which is made when there is none yet.
--
-- Gives   the one active cart of the member, or of the device, at the location: its lines with what each item is to them now and
--         what stands against having it (code), totals for each currency, and notices: what fell out or costs something else;
--         checked_out: while nothing is in it, what its checkouts set aside, and why some of that cannot be had any more (code)
-- Raises  RS601 nobody is signed in, and no device is named · RS104 no such location · RS205 a device that
--         is named in fewer than 32 or more than 200 characters
-- Locks   under a key the member row (shared); else none where the cart is there; for a member who names a device with a cart,
--         their turn, both carts, stock rows and the wishes of those who wait there
-- Tells   cart.changed, where the cart of a device is merged into the member's
-- Notes   p_device is a random token that the device makes for itself; whoever has it has the cart. A member's device: what was
--         put into its cart before they signed in comes into theirs. Where nothing has to be made nothing is written
create or replace function apartado.get_cart(
  p_member              text,
  p_device              text default null,
  p_location            text default null,
  p_idempotency_key     text default null,
  out cart_id           bigint,
  out location          text,
  out lines             jsonb,
  out totals            jsonb,
  out notices           jsonb,
  out checked_out       jsonb,
  out created_at        timestamptz,
  out last_validated_at timestamptz,
  out server_time       timestamptz
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
  v_now     timestamptz;
begin
  select * into v_who from apartado._cart_owner(p_member, p_device, p_idempotency_key is not null);
  v_answer := apartado._recall(v_who.owner, p_idempotency_key, 'get_cart', v_request);
  if v_answer is null then
    if v_who.member_id is not null and p_device is not null then
      perform apartado._merge_device(p_member, p_device, apartado._location_id(p_location));
    end if;
    v_now := apartado.clock();
    v_cart := apartado._ensure_cart(v_who.member_id, v_who.device_hash, apartado._location_id(p_location), v_now);
    v_answer := apartado._cart_answer(v_cart, v_now);
    perform apartado._remember(v_who.owner, p_idempotency_key, 'get_cart', v_request, v_answer);
  end if;

  select f.* into cart_id, location, lines, totals, notices, checked_out, created_at, last_validated_at, server_time
    from apartado._cart_fields(v_answer) f;
end;
$$;

comment on function apartado.get_cart(text, text, text, text) is 'Look at your cart, which is made when there is none yet. Example: select * from apartado.get_cart(''ana'')';

grant execute on function apartado.get_cart to apartado_api, apartado_operator;
