-- _demand_on_top: what is in a cart and what is asked for on top of it, of each stock row altogether.
--
-- Gives   a list as _cart_demand gives it; what was named comes after what is in the cart
-- Raises  RS202 a sum that is no quantity any more
-- Notes   summed, as in _demand: checked singly, the cart and a line for one unit each would both find the last unit free
create or replace function apartado._demand_on_top(p_inside jsonb, p_named jsonb)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_sum    record;
  v_demand jsonb := '[]';
begin
  for v_sum in
    select min(u.line) as line, u.item_id, min(u.location) as location, sum(u.quantity) as quantity, u.stock_id, min(u.code) as code
      from (select i.* from jsonb_to_recordset(p_inside) as i (line integer, item_id bigint, location text, quantity bigint, stock_id bigint, code text)
             union all
            select n.line + jsonb_array_length(p_inside), n.item_id, n.location, n.quantity, n.stock_id, null
              from jsonb_to_recordset(p_named) as n (line integer, item_id bigint, location text, quantity bigint, stock_id bigint)) u
     group by u.item_id, u.stock_id
     order by 1
  loop
    if v_sum.quantity > 2147483647 then
      perform apartado._refuse('RS202', 'lines', jsonb_build_object(
        'line', v_sum.line, 'item', v_sum.item_id, 'quantity', v_sum.quantity, 'largest', 2147483647));
    end if;
    v_demand := v_demand || to_jsonb(v_sum);
  end loop;

  return v_demand;
end;
$$;

comment on function apartado._demand_on_top(jsonb, jsonb) is 'What is in a cart and what is asked for on top of it, of each stock row altogether.';
