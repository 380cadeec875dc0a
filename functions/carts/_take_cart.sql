-- _take_cart: takes the lock of an active cart, bumps its version, and notes that it is used.
--
-- Gives   the cart as it is under the lock; all null where there is none any more
-- Locks   the cart, after its member's turn and before any stock row
create or replace function apartado._take_cart(p_cart_id bigint)
  returns apartado.carts
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  -- a parameter, not a literal, so that no partial index is used: one of them holds all active carts
  c_active constant text := 'active';
  v_cart   apartado.carts;
begin
  update apartado.carts c
     set version = c.version + 1, used_at = apartado.clock()
   where c.cart_id = p_cart_id
     and c.status = c_active
  returning c.* into v_cart;

  return v_cart;
end;
$$;

comment on function apartado._take_cart(bigint) is 'Takes the lock of an active cart, bumps its version, and notes that it is used.';
