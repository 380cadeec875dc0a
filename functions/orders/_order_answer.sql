-- _order_answer: an order as place_order answers it.
--
-- Gives   one value: order_id, cart_id, location, buyer (null: nobody in particular), lines, totals, reference, server_time
create or replace function apartado._order_answer(p_order_id bigint)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_lines jsonb := (
    select jsonb_agg(jsonb_build_object(
             'line', l.line, 'item_id', s.item_id, 'sku', l.sku, 'description', l.description, 'quantity', l.quantity,
             'price', l.price::text, 'currency', l.currency, 'total', (l.price * l.quantity)::text,
             'purchase_id', l.purchase_id, 'reservation_id', p.reservation_id) order by l.line)
      from apartado.order_lines l
     -- an index look-up for each line, see _cart_lines
     cross join lateral (select x.item_id from apartado.stock x where x.stock_id = l.stock_id offset 0) s
     cross join lateral (select x.reservation_id from apartado.purchases x where x.purchase_id = l.purchase_id offset 0) p
     where l.order_id = p_order_id);
begin
  return (
    select jsonb_build_object(
             'order_id', o.order_id, 'cart_id', o.cart_id, 'location', l.code,
             'buyer', (select m.alias from apartado.members m where m.member_id = o.member_id), 'lines', v_lines,
             'totals', apartado._totals(v_lines), 'reference', o.reference, 'server_time', o.placed_at)
      from apartado.orders o
      join apartado.locations l on l.location_id = o.location_id
     where o.order_id = p_order_id
  );
end;
$$;

comment on function apartado._order_answer(bigint) is 'An order as place_order answers it.';
