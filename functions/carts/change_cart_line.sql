-- change_cart_line: say how many units of an item your cart shall hold.
--
-- Gives   the cart, as get_cart
-- Raises  RS601 nobody is signed in, and no device is named · RS104 no such location, or the item is not kept there
--         RS101 no such item · RS105 no cart, or nothing of the item in it · RS202 quantity · RS204 too many · RS205 no item;
--         where the line is set aside, what change_quantity and reserve refuse with
-- Locks   the member's turn, the cart; where the line is set aside, the stock row and the wishes of those who wait there
-- Tells   cart.changed; where the line is set aside, reservation.changed
create or replace function apartado.change_cart_line(
  p_member              text,
  p_item                bigint,
  p_quantity            integer,
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
  v_answer := apartado._recall(v_who.owner, p_idempotency_key, 'change_cart_line', v_request);
  if v_answer is null then
    if p_quantity is null or p_quantity < 1 then
      perform apartado._refuse('RS202', 'quantity', jsonb_build_object('quantity', p_quantity, 'smallest', 1));
    end if;
    v_stock := apartado._visible_stock(p_item, p_location, v_who.member_id);
    select * into v_own from apartado._own_cart(p_member, v_who.device_hash, p_location);
    if not exists (select from apartado._cart_lines((v_own.cart).cart_id, apartado.clock()) l
                    where l.stock_id = v_stock.stock_id and l.code is null) then
      perform apartado._refuse('RS105', 'item', jsonb_build_object('item', p_item));
    end if;
    v_now := apartado._put_line(v_own.cart, v_own.class_id, v_stock, p_quantity, false);
    v_answer := apartado._cart_answer(v_own.cart, v_now);
    perform apartado._remember(v_who.owner, p_idempotency_key, 'change_cart_line', v_request, v_answer);
  end if;

  select f.* into cart_id, location, lines, totals, notices, checked_out, created_at, last_validated_at, server_time
    from apartado._cart_fields(v_answer) f;
end;
$$;

comment on function apartado.change_cart_line(text, bigint, integer, text, text, text) is 'Say how many units of an item your cart shall hold. Example: select * from apartado.change_cart_line(''ana'', 3, 2)';

grant execute on function apartado.change_cart_line to apartado_api, apartado_operator;
