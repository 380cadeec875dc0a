-- remove_from_cart: take an item out of your cart.
--
-- Gives   the cart, as get_cart; where nothing of the item is in it, it stays as it is
-- Raises  RS601 nobody is signed in, and no device is named · RS104 no such location · RS105 no cart
-- Locks   the member's turn, the cart; where the line is set aside, the stock row and the wishes of those who wait there
-- Tells   cart.changed; where the line is set aside, reservation.cancelled and who is served with it
create or replace function apartado.remove_from_cart(
  p_member              text,
  p_item                bigint,
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
  v_request jsonb := jsonb_build_array(p_item, p_location, p_device);
  v_answer  jsonb;
  v_own     record;
  v_now     timestamptz;
begin
  select * into v_who from apartado._cart_owner(p_member, p_device);
  v_answer := apartado._recall(v_who.owner, p_idempotency_key, 'remove_from_cart', v_request);
  if v_answer is null then
    select * into v_own from apartado._own_cart(p_member, v_who.device_hash, p_location);
    v_now := apartado._drop_lines(v_own.cart, array(
      select s.stock_id
        from apartado.stock s
       where s.item_id = p_item
         and s.location_id = (v_own.cart).location_id));
    v_answer := apartado._cart_answer(v_own.cart, v_now);
    perform apartado._remember(v_who.owner, p_idempotency_key, 'remove_from_cart', v_request, v_answer);
  end if;

  select f.* into cart_id, location, lines, totals, notices, checked_out, created_at, last_validated_at, server_time
    from apartado._cart_fields(v_answer) f;
end;
$$;

comment on function apartado.remove_from_cart(text, bigint, text, text, text) is 'Take an item out of your cart. Example: select * from apartado.remove_from_cart(''ana'', 3)';

grant execute on function apartado.remove_from_cart to apartado_api, apartado_operator;
