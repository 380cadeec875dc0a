-- _check_orders: each line of an order is its purchase, and no order is empty.
--
-- Gives   a row for each breach, as check_consistency
create or replace function apartado._check_orders()
  returns table (
    rule     text,
    subject  text,
    found    text,
    expected text,
    repair   text
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select 'an order line is its purchase', format('order %s line %s', l.order_id, l.line),
         concat_ws(' ', l.quantity, 'of', l.stock_id, 'at', l.price, l.currency, 'for', o.member_id),
         concat_ws(' ', p.quantity, 'of', p.stock_id, 'at', p.price, p.currency, 'for', p.member_id),
         'find out who wrote to order_lines by hand'
    from apartado.order_lines l
    join apartado.orders o on o.order_id = l.order_id
    join apartado.purchases p on p.purchase_id = l.purchase_id
   where (l.quantity, l.stock_id, l.price, l.currency, o.member_id) is distinct from (p.quantity, p.stock_id, p.price, p.currency, p.member_id)
   union all
  select 'an order has lines', 'order ' || o.order_id, 'none', 'one or more', 'find out who wrote to orders by hand'
    from apartado.orders o
   where not exists (select from apartado.order_lines l where l.order_id = o.order_id);
$$;

comment on function apartado._check_orders() is 'Each line of an order is its purchase, and no order is empty.';
