-- _stock_in_cart: the stock rows of which somebody has something in a cart.
--
-- Gives   ids; none for the anonymous visitor
create or replace function apartado._stock_in_cart(p_viewer_id bigint, p_now timestamptz)
  returns bigint[]
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_viewer_id is null then
    return '{}';
  end if;

  -- = any (array) and a scalar subquery, not joins: a join planned while there were few carts scans all of them at each call
  return array(
    select l.stock_id
      from apartado.cart_lines l
     where l.cart_id = any (array(select c.cart_id from apartado.carts c where c.member_id = p_viewer_id and c.status = 'active'))
       and l.left_at is null
       and (l.reservation_id is null or (select r.expires_at from apartado.reservations r where r.reservation_id = l.reservation_id) > p_now));
end;
$$;

comment on function apartado._stock_in_cart(bigint, timestamptz) is 'The stock rows of which somebody has something in a cart.';
