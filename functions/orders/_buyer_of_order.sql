-- _buyer_of_order: takes the locks behind an order: who buys, and out of which cart.
--
-- Gives   the buyer (null: nobody in particular) and their class, the location, and the cart (all null where only lines are named)
-- Raises  RS104 no such location · RS105 no cart, or it is somebody else's and the caller no operator · RS601 nobody is named
--         RS604 its owner is barred
-- Locks   with a cart the caller's member row (shared: an operator is one until it is done); the buyer's turn, then the cart
create or replace function apartado._buyer_of_order(
  p_member        text,
  p_location      text,
  p_lines         jsonb,
  p_cart          bigint,
  out member_id   bigint,
  out class_id    bigint,
  out location_id bigint,
  out cart        apartado.carts
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_caller      apartado.members;
  v_is_operator boolean := true;
begin
  if p_member is null and p_cart is null and p_lines is not null and apartado._operator_role() is not null then
    perform apartado._refuse('RS601/buyer', 'member');
  end if;
  if p_member is not null or p_cart is null or apartado._operator_role() is null then
    if p_cart is not null then
      perform apartado._keep_name(p_member);
    end if;
    select m.* into v_caller from apartado.members m where m.member_id = apartado._member_id(p_member);
    v_is_operator := v_caller.is_operator;
  end if;
  location_id := apartado._location_id(p_location);
  if p_cart is not null then
    select c.* into cart
      from apartado.carts c
     where c.cart_id = p_cart and c.status = 'active' and (c.member_id = v_caller.member_id or v_is_operator);
    if cart.cart_id is null then
      perform apartado._refuse('RS105', 'cart', jsonb_build_object('cart', p_cart));
    elsif exists (select from apartado.members m where m.member_id = cart.member_id and m.barred_at is not null) then
      -- told to an operator, who is not the one who is barred
      perform apartado._refuse('RS604/buyer', 'cart', jsonb_build_object('cart', p_cart));
    end if;
    member_id := cart.member_id;
    location_id := cart.location_id;
  else
    member_id := v_caller.member_id;
  end if;

  if member_id is not null then
    select t.class_id
      into class_id
      from apartado.members m
     cross join lateral apartado._take_turn(m.alias) t
     where m.member_id = _buyer_of_order.member_id;
  end if;
  if p_lines is null or p_cart is not null then
    cart := apartado._lock_cart(coalesce(cart.cart_id, (apartado._active_cart(member_id, null, location_id)).cart_id));
  end if;
end;
$$;

comment on function apartado._buyer_of_order(text, text, jsonb, bigint) is 'Takes the locks behind an order: who buys, and out of which cart.';
