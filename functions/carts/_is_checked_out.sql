-- _is_checked_out: whether nothing is in a cart that was checked out, so that an order is of what that set aside.
--
-- Gives   false also where nothing was checked out, or something was ordered from the cart since
create or replace function apartado._is_checked_out(p_cart apartado.carts)
  returns boolean
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return p_cart.checked_out is not null
         and not exists (select from apartado.cart_lines l where l.cart_id = p_cart.cart_id);
end;
$$;

comment on function apartado._is_checked_out(apartado.carts) is 'Whether nothing is in a cart that was checked out, so that an order is of what that set aside.';
