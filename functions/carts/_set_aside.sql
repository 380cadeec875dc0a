-- _set_aside: ties lines of a cart to the reservations that were just made for them.
--
-- Notes   a line takes the quantity of its reservation: who was promoted meanwhile has what they waited for.
--         The caller holds the stock rows
create or replace function apartado._set_aside(p_cart_id bigint, p_stock_ids bigint[], p_member_id bigint, p_now timestamptz)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.cart_lines as l (cart_id, stock_id, quantity, reservation_id, seen_price, added_at)
  select p_cart_id, r.stock_id, r.quantity, r.reservation_id, r.price, p_now
    from apartado.reservations r
   where r.stock_id = any (p_stock_ids) and r.member_id = p_member_id and r.status = 'active'
  on conflict (cart_id, stock_id) do update
     set quantity = excluded.quantity, reservation_id = excluded.reservation_id, seen_price = excluded.seen_price,
         added_at = case when l.left_at is null then l.added_at else excluded.added_at end, left_at = null, reason = null;
end;
$$;

comment on function apartado._set_aside(bigint, bigint[], bigint, timestamptz) is 'Ties lines of a cart to the reservations that were just made for them.';
