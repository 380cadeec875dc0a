-- _cart_changes: what a statement changed in carts, one row for each cart.
--
-- Gives   the cart's member (null: a device's cart), and what is told of it
-- Notes   for the triggers on cart_lines, which tell it
create or replace function apartado._cart_changes(p_changes jsonb)
  returns table (
    member_id bigint,
    data      jsonb
  )
  language plpgsql
  stable
  rows 1
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  select c.member_id, jsonb_build_object('cart_id', c.cart_id, 'location', l.code, 'lines', g.lines)
    from (select n.cart_id, jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                   'item_id', s.item_id, 'quantity', n.quantity, 'change', n.change, 'reason', n.reason, 'state', n.state,
                   'price', n.price, 'price_before', n.price_before,
                   'currency', case when num_nonnulls(n.price, n.price_before) > 0 then s.currency end)) order by n.stock_id) as lines
            from jsonb_to_recordset(p_changes) as n (
                   cart_id bigint, stock_id bigint, quantity integer, change text, reason text, state text, price text, price_before text)
            -- an index look-up for each line, see _cart_lines
           cross join lateral (select x.item_id, x.currency from apartado.stock x where x.stock_id = n.stock_id offset 0) s
           group by n.cart_id) g
   cross join lateral (select x.cart_id, x.member_id, x.location_id from apartado.carts x where x.cart_id = g.cart_id offset 0) c
    join apartado.locations l on l.location_id = c.location_id
   order by c.cart_id;
end;
$$;

comment on function apartado._cart_changes(jsonb) is 'What a statement changed in carts, one row for each cart.';
