-- _drop_lines: takes lines out of a cart, and gives back what was set aside for them.
--
-- Gives   the time at which it was done
-- Locks   the stock rows of the lines that are set aside, by id: whoever writes such a line holds its stock row
-- Tells   cart.changed; reservation.cancelled, queue.promoted and reservation.created for what was given back
-- Notes   the caller holds the member's turn and the cart
create or replace function apartado._drop_lines(p_cart apartado.carts, p_stock_ids bigint[])
  returns timestamptz
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  c_active constant text := 'active';
  v_held   bigint[] := array(
    select l.stock_id
      from apartado.cart_lines l
     where l.cart_id = p_cart.cart_id and l.stock_id = any (p_stock_ids) and l.reservation_id is not null and l.left_at is null);
  v_now    timestamptz;
  v_given  record;
begin
  if v_held <> '{}' then
    perform apartado._lock_stocks(v_held);
  end if;
  v_now := apartado.clock();
  for v_given in
    select s as stock, r as reservation
      from apartado.reservations r
      join apartado.stock s on s.stock_id = r.stock_id
     -- by reservation_id, and status as a parameter, so that no partial index is used: one on stock_id or deadline would read
     -- everybody who holds some of these rows
     where r.reservation_id = any (array(select l.reservation_id from apartado.cart_lines l where l.cart_id = p_cart.cart_id and l.stock_id = any (v_held)))
       and r.member_id = p_cart.member_id and r.status = c_active and r.expires_at > v_now
     order by s.stock_id
  loop
    perform apartado._give_back(v_given.stock, v_given.reservation, (v_given.reservation).quantity, 'cancelled', null, v_now);
  end loop;
  perform apartado._settle_all(v_held, v_now);

  delete from apartado.cart_lines l
   where l.cart_id = p_cart.cart_id
     and l.stock_id = any (p_stock_ids);
  return v_now;
end;
$$;

comment on function apartado._drop_lines(apartado.carts, bigint[]) is 'Takes lines out of a cart, and gives back what was set aside for them.';
