-- _cart_demand: what the lines of a cart ask of each stock row.
--
-- Gives   a list in the order of the lines: line, item_id, location, quantity, stock_id, and code: why it fell out of the cart;
--         empty where nothing is in it, or there is none
create or replace function apartado._cart_demand(p_cart apartado.carts)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('line', l.line, 'item_id', l.item_id, 'location', l.location, 'quantity', l.quantity,
                                        'stock_id', l.stock_id, 'code', l.code) order by l.line), '[]')
      from apartado._cart_lines(p_cart.cart_id, apartado.clock()) l);
end;
$$;

comment on function apartado._cart_demand(apartado.carts) is 'What the lines of a cart ask of each stock row.';
