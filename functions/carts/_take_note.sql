-- _take_note: the owner of a cart was told what happened to it, and need not be told again.
--
-- Notes   lines that fell out are gone for good, and the prices that were shown are those that were seen. A line that fell out since
--         the answer was made stays: a reservation is revoked under its stock row, without the cart.
--         The caller holds the cart, and settled the stock rows of lines whose time was over
create or replace function apartado._take_note(p_cart apartado.carts, p_answer jsonb)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from apartado.cart_lines l
   using jsonb_to_recordset(p_answer -> 'notices') as n (item_id bigint)
    join apartado.stock s on s.item_id = n.item_id and s.location_id = p_cart.location_id
   where l.cart_id = p_cart.cart_id
     and l.stock_id = s.stock_id
     and l.left_at is not null;

  update apartado.cart_lines l
     set seen_price = a.price
    from jsonb_to_recordset(p_answer -> 'lines') as a (item_id bigint, status text, price numeric)
    join apartado.stock s on s.item_id = a.item_id and s.location_id = p_cart.location_id
   where l.cart_id = p_cart.cart_id
     and l.stock_id = s.stock_id
     and a.status is not null
     and l.reservation_id is null
     and l.seen_price is distinct from a.price;
end;
$$;

comment on function apartado._take_note(apartado.carts, jsonb) is 'The owner of a cart was told what happened to it, and need not be told again.';
