-- _validated: stamps a cart as looked at.
--
-- Gives   the cart as it then is
create or replace function apartado._validated(p_cart apartado.carts, p_now timestamptz)
  returns apartado.carts
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_cart apartado.carts;
begin
  update apartado.carts c
     set last_validated_at = p_now
   where c.cart_id = p_cart.cart_id
  returning c.* into v_cart;

  return v_cart;
end;
$$;

comment on function apartado._validated(apartado.carts, timestamptz) is 'Stamps a cart as looked at.';
