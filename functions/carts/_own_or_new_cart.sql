-- _own_or_new_cart: takes the locks behind the cart of a member, or of a device, for a command that makes it where there is none.
--
-- Gives   the cart under its lock, and the class of its member (null: none)
-- Raises  RS104 no such location
-- Locks   the member's turn, then the cart
-- Notes   retries when the cart was merged into another while this waited for its lock
create or replace function apartado._own_or_new_cart(
  p_member      text,
  p_device_hash bytea,
  p_location    text,
  out cart      apartado.carts,
  out class_id  bigint
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_location_id bigint := apartado._location_id(p_location);
  v_member_id   bigint;
begin
  if p_device_hash is null then
    select t.member_id, t.class_id into v_member_id, class_id from apartado._take_turn(p_member) t;
  end if;
  loop
    cart := apartado._ensure_cart(v_member_id, p_device_hash, v_location_id, apartado.clock());
    cart := apartado._take_cart(cart.cart_id);
    exit when cart.cart_id is not null;
  end loop;
end;
$$;

comment on function apartado._own_or_new_cart(text, bytea, text) is 'Takes the locks behind the cart of a member, or of a device, for a command that makes it where there is none.';
