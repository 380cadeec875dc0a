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

  return array(
    select l.stock_id
      from apartado.carts c
      join apartado.cart_lines l on l.cart_id = c.cart_id
      left join apartado.reservations r on r.reservation_id = l.reservation_id
     where c.member_id = p_viewer_id and c.status = 'active'
       and l.left_at is null and (r.reservation_id is null or r.expires_at > p_now));
end;
$$;

comment on function apartado._stock_in_cart(bigint, timestamptz) is 'The stock rows of which somebody has something in a cart.';
