-- _own_cart: takes the locks behind the cart of a member, or of a device, for a command that changes what is there.
--
-- Gives   the cart under its lock, and the class of its member (null: none)
-- Raises  RS104 no such location · RS105 there is no cart
-- Locks   the member's turn, then the cart
create or replace function apartado._own_cart(
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
  cart := apartado._lock_cart((apartado._active_cart(v_member_id, p_device_hash, v_location_id)).cart_id);
end;
$$;

comment on function apartado._own_cart(text, bytea, text) is 'Takes the locks behind the cart of a member, or of a device, for a command that changes what is there.';
