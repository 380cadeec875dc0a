-- _put_line: puts so many of an item into a cart, and sets them aside where the policy says hard.
--
-- Gives   the time at which it was done
-- Raises  RS202 more than there can be of anything · RS204 the cart is full; where it sets aside, what reserve and change_quantity
--         refuse with
-- Locks   where it sets aside, the stock row
-- Tells   cart.changed; reservation.created or .changed, and what follows
-- Notes   p_adds: so many more; else so many altogether. A line that is set aside stays so whatever the policy becomes.
--         The caller holds the member's turn and the cart. The trigger on reservations carries quantities to the line
create or replace function apartado._put_line(p_cart apartado.carts, p_class_id bigint, p_stock apartado.stock, p_quantity integer, p_adds boolean)
  returns timestamptz
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  c_most   constant integer := 100;
  v_hard   boolean := p_cart.member_id is not null
                      and (apartado._policy_of(p_stock.item_id, p_stock.location_id, p_class_id)).cart = 'hard';
  v_stock  apartado.stock := p_stock;
  v_line   apartado.cart_lines;
  v_wanted bigint;
  v_now    timestamptz;
begin
  select l.* into v_line from apartado.cart_lines l where l.cart_id = p_cart.cart_id and l.stock_id = p_stock.stock_id;
  if v_hard or v_line.reservation_id is not null and v_line.left_at is null then
    perform apartado._lock_stocks(array[p_stock.stock_id]);
    v_now := apartado.clock();
    v_stock := (select f.stock from apartado.stock s cross join lateral apartado._settle(s, v_now) f where s.stock_id = p_stock.stock_id);
    select l.* into v_line from apartado.cart_lines l where l.cart_id = p_cart.cart_id and l.stock_id = p_stock.stock_id;
  else
    v_now := apartado.clock();
  end if;

  v_wanted := p_quantity + case when p_adds and v_line.left_at is null then coalesce(v_line.quantity, 0) else 0 end::bigint;
  if v_wanted > 2147483647 then
    perform apartado._refuse('RS202', 'quantity', jsonb_build_object('quantity', v_wanted, 'largest', 2147483647));
  elsif (v_line.cart_id is null or v_line.left_at is not null)
        and (select count(*) from apartado.cart_lines l where l.cart_id = p_cart.cart_id and l.left_at is null) >= c_most then
    perform apartado._refuse('RS204', 'item', jsonb_build_object('lines', c_most, 'most', c_most));
  end if;

  if v_line.reservation_id is not null and v_line.left_at is null then
    perform apartado._resize(v_stock, v_line.reservation_id, p_class_id, v_wanted::integer, v_now);
  elsif v_hard then
    perform apartado._refuse(r.code, r.parameter, r.facts)
       from apartado._refusals(v_stock, p_cart.member_id, p_class_id, v_wanted::integer, null, v_now, false,
                               apartado._was_promoted(v_stock.stock_id, p_cart.member_id, v_now)) r;
    perform apartado._claim(v_stock, p_cart.member_id, p_class_id, v_wanted::integer, null, v_now);
    perform apartado._set_aside(p_cart.cart_id, array[v_stock.stock_id], p_cart.member_id, v_now);
  else
    insert into apartado.cart_lines as l (cart_id, stock_id, quantity, seen_price, added_at)
    values (p_cart.cart_id, p_stock.stock_id, v_wanted, p_stock.price, v_now)
    on conflict (cart_id, stock_id) do update
       set quantity = excluded.quantity, reservation_id = null, seen_price = excluded.seen_price,
           added_at = case when l.left_at is null then l.added_at else excluded.added_at end, left_at = null, reason = null;
  end if;
  return v_now;
end;
$$;

comment on function apartado._put_line(apartado.carts, bigint, apartado.stock, integer, boolean) is 'Puts so many of an item into a cart, and sets them aside where the policy says hard.';
