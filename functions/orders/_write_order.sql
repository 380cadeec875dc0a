-- _write_order: sells the lines of an order, and writes it down.
--
-- Gives   the order's id
-- Tells   what _sell_line tells; order.placed
-- Notes   a purchase without a reference of the shop names the order. The lines are written in one statement, so that it is told whole
create or replace function apartado._write_order(
  p_demand      jsonb,
  p_member_id   bigint,
  p_class_id    bigint,
  p_location_id bigint,
  p_cart_id     bigint,
  p_reference   text,
  p_at_till     boolean,
  p_now         timestamptz
)
  returns bigint
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order_id  bigint;
  v_line      record;
  v_purchases bigint[] := '{}';
  v_lines     integer[] := '{}';
begin
  insert into apartado.orders as o (member_id, location_id, cart_id, reference, placed_at)
  values (p_member_id, p_location_id, p_cart_id, p_reference, p_now)
  returning o.order_id into v_order_id;

  for v_line in
    select d.*
      from jsonb_to_recordset(p_demand) as d (line integer, item_id bigint, stock_id bigint, quantity integer)
     order by d.item_id
  loop
    v_purchases := v_purchases || apartado._sell_line(
      v_line.stock_id, p_member_id, p_class_id, v_line.quantity, coalesce(p_reference, 'order ' || v_order_id), p_at_till, p_now);
    v_lines := v_lines || v_line.line;
  end loop;

  insert into apartado.order_lines (order_id, line, purchase_id, stock_id, sku, description, quantity, price, currency)
  select v_order_id, (row_number() over (order by u.line))::integer, p.purchase_id, p.stock_id, i.sku, apartado._describe(i.item_id), p.quantity, p.price, p.currency
    from unnest(v_purchases, v_lines) u (purchase_id, line)
   -- an index look-up for each line, see _cart_lines
   cross join lateral (select x.* from apartado.purchases x where x.purchase_id = u.purchase_id offset 0) p
   cross join lateral (select x.item_id from apartado.stock x where x.stock_id = p.stock_id offset 0) s
   cross join lateral (select x.item_id, x.sku from apartado.items x where x.item_id = s.item_id offset 0) i;
  return v_order_id;
end;
$$;

comment on function apartado._write_order(jsonb, bigint, bigint, bigint, bigint, text, boolean, timestamptz) is 'Sells the lines of an order, and writes it down.';
