-- _checked_out_answer: what the next order is of while nothing is in the cart, as its owner sees it.
--
-- Gives   a list of objects, at the frozen prices: line, item_id, sku, title, quantity, price, currency, total, reservation_id,
--         expires_at, and code: why it cannot be had any more (null: it can); [] while something is in the cart
create or replace function apartado._checked_out_answer(p_cart apartado.carts, p_now timestamptz)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not apartado._is_checked_out(p_cart) then
    return '[]';
  end if;

  return (
    select coalesce(jsonb_agg(jsonb_build_object(
             'line', o.line, 'item_id', o.item_id, 'sku', i.sku, 'title', i.title, 'quantity', o.quantity, 'price', o.price::text,
             'currency', o.currency, 'total', (o.price * o.quantity)::text, 'reservation_id', o.reservation_id,
             'expires_at', apartado._utc(o.expires_at), 'code', o.code) order by o.line), '[]')
      from apartado._checked_out_lines(p_cart, p_now) o
     -- an index look-up for each row, see _cart_lines
     cross join lateral (select x.sku, x.title from apartado.items x where x.item_id = o.item_id offset 0) i
  );
end;
$$;

comment on function apartado._checked_out_answer(apartado.carts, timestamptz) is 'What the next order is of while nothing is in the cart, as its owner sees it.';
