-- _lock_cart: takes the lock of an active cart, as _take_cart, for a command that needs it to be there.
--
-- Gives   the cart as it is under the lock
-- Raises  RS105 there is none any more
-- Locks   the cart, after its member's turn and before any stock row
create or replace function apartado._lock_cart(p_cart_id bigint)
  returns apartado.carts
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_cart apartado.carts := apartado._take_cart(p_cart_id);
begin
  if v_cart.cart_id is null then
    perform apartado._refuse('RS105', 'location', jsonb_build_object('cart', p_cart_id));
  end if;

  return v_cart;
end;
$$;

comment on function apartado._lock_cart(bigint) is 'Takes the lock of an active cart, as _take_cart, for a command that needs it to be there.';
