-- add_to_cart: put units of an item into your cart.
--
-- Gives   the cart, as get_cart; where a line of the item is there already it grows
-- Raises  RS601 nobody is signed in, and no device is named · RS104 no such location, or the item is not kept there
--         RS101 no such item · RS202 quantity · RS204 the cart has 100 lines · RS205 no item, or the device is named too short;
--         where the policy says hard, what reserve and change_quantity refuse with
-- Locks   the member's turn, the cart; where the policy says hard, the stock row and the wishes of those who wait there
-- Tells   cart.changed; where the policy says hard, what reserve tells
-- Notes   soft: nothing is set aside, and anything that can be seen may be put in. hard: the units are reserved
--         for the time of the policy, and when that is over they fall out of the cart. A device's cart is soft
create or replace function apartado.add_to_cart(
  p_member              text,
  p_item                bigint,
  p_quantity            integer default 1,
  p_location            text default null,
  p_device              text default null,
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
  v_request jsonb := jsonb_build_array(p_item, p_quantity, p_location, p_device);
  v_answer  jsonb;
  v_own     record;
  v_stock   apartado.stock;
  v_now     timestamptz;
begin
  select * into v_who from apartado._cart_owner(p_member, p_device);
  v_answer := apartado._recall(v_who.owner, p_idempotency_key, 'add_to_cart', v_request);
  if v_answer is null then
    if p_quantity is null or p_quantity < 1 then
      perform apartado._refuse('RS202', 'quantity', jsonb_build_object('quantity', p_quantity, 'smallest', 1));
    end if;
    v_stock := apartado._visible_stock(p_item, p_location, v_who.member_id);
    select * into v_own from apartado._own_or_new_cart(p_member, v_who.device_hash, p_location);
    v_now := apartado._put_line(v_own.cart, v_own.class_id, v_stock, p_quantity, true);
    v_answer := apartado._cart_answer(v_own.cart, v_now);
    perform apartado._remember(v_who.owner, p_idempotency_key, 'add_to_cart', v_request, v_answer);
  end if;

  select f.* into cart_id, location, lines, totals, notices, checked_out, created_at, last_validated_at, server_time
    from apartado._cart_fields(v_answer) f;
end;
$$;

comment on function apartado.add_to_cart(text, bigint, integer, text, text, text) is 'Put units of an item into your cart. Example: select * from apartado.add_to_cart(''ana'', 2)';

grant execute on function apartado.add_to_cart to apartado_api, apartado_operator;
