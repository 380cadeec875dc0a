-- _take_note: the owner of a cart was told what happened to it, and need not be told again.
--
-- Notes   deletes the lines that fell out, and notes what the answer shows as seen and told, so that validate_carts tells only
--         what differs from it. A line that fell out after the answer was made stays: revoking a reservation locks its stock
--         row, not the cart. The caller holds the cart, and settled the stock rows of lines whose time was over
create or replace function apartado._take_note(p_cart apartado.carts, p_answer jsonb)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from apartado.cart_lines l
   using jsonb_to_recordset(p_answer -> 'notices') as n (item_id bigint)
   -- an index look-up for each line, see _cart_lines
   cross join lateral (select x.stock_id from apartado.stock x where x.item_id = n.item_id and x.location_id = p_cart.location_id offset 0) s
   where l.cart_id = p_cart.cart_id
     and l.stock_id = s.stock_id
     and l.left_at is not null;

  -- nobody is told of a device's cart; and whoever holds the item was shown neither its state nor today's price
  update apartado.cart_lines l
     set seen_price = n.seen_price, told_price = n.told_price, told_state = n.told_state
    from jsonb_to_recordset(p_answer -> 'lines') as a (item_id bigint, status text, code text, price numeric, reservation_id bigint)
   cross join lateral (select x.stock_id from apartado.stock x where x.item_id = a.item_id and x.location_id = p_cart.location_id offset 0) s
   cross join lateral (select x.* from apartado.cart_lines x where x.cart_id = p_cart.cart_id and x.stock_id = s.stock_id offset 0) o
   cross join lateral (select case when o.told_state is null then o.seen_price else o.told_price end as price) k
   cross join lateral (
     select case when a.status is null then o.seen_price else a.price end as seen_price,
            case when p_cart.member_id is not null then case when a.status is null or a.reservation_id is not null then k.price else a.price end end as told_price,
            case when p_cart.member_id is not null then coalesce(case when a.reservation_id is null then apartado._line_state(a.code) end, o.told_state, 'available') end as told_state) n
   where l.cart_id = p_cart.cart_id
     and l.stock_id = s.stock_id
     and l.reservation_id is null
     and (l.seen_price, l.told_price, l.told_state) is distinct from (n.seen_price, n.told_price, n.told_state);
end;
$$;

comment on function apartado._take_note(apartado.carts, jsonb) is 'The owner of a cart was told what happened to it, and need not be told again.';
