-- _order_demand: what an order asks of each stock row altogether.
--
-- Gives   a list in the order of the lines: line, item_id, location, quantity, stock_id (null: it is not kept there), and code: why it
--         fell out of the cart. Lines come on top of what is in the cart, and after it.
--         p_checked_out: of what the checkouts of the cart set aside
-- Raises  what _demand refuses · RS205 a line with another location, or another field · RS202 a sum that is no quantity any more
create or replace function apartado._order_demand(p_cart apartado.carts, p_location_id bigint, p_lines jsonb, p_checked_out boolean)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_location text := (select l.code from apartado.locations l where l.location_id = p_location_id);
begin
  if p_checked_out then
    return (
      select coalesce(jsonb_agg(to_jsonb(l) order by l.line), '[]')
        from apartado._checked_out_lines(p_cart, apartado.clock()) l);
  elsif p_lines is null then
    return apartado._cart_demand(p_cart);
  end if;

  -- what was sent: a line without a location is of the order's
  if exists (select from apartado._read_lines(p_lines, true) r where p_lines -> r.line - 1 ->> 'location' <> v_location) then
    perform apartado._refuse('RS205', 'lines', '{"expected": "list of {item, quantity}"}');
  end if;
  return apartado._demand_on_top(apartado._cart_demand(p_cart), (
    select jsonb_agg(to_jsonb(d) - 'ttl' - 'lines' order by d.line)
      from apartado._demand((select jsonb_agg(e.element || jsonb_build_object('location', v_location) order by e.number)
                               from jsonb_array_elements(p_lines) with ordinality e (element, number))) d));
end;
$$;

comment on function apartado._order_demand(apartado.carts, bigint, jsonb, boolean) is 'What an order asks of each stock row altogether.';
