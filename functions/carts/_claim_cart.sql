-- _claim_cart: reserves the lines of a cart, each as reserve would, but for those that are set aside, by the cart or otherwise.
--
-- Gives   what _claim_all gives, for all lines
-- Raises  with p_mode all_or_nothing the first refusal, naming the line; RS401, RS402 for a line that fell out, and whose item is not
--         held again
-- Tells   what _claim tells
-- Notes   the caller holds the member's turn, the cart and the stock rows, locked and settled
create or replace function apartado._claim_cart(p_cart apartado.carts, p_class_id bigint, p_mode text, p_now timestamptz)
  returns jsonb
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_open  jsonb;
  v_other jsonb;
begin
  select coalesce(jsonb_agg(d.demand) filter (where not a.is_aside), '[]'),
         coalesce(jsonb_agg(d.demand || jsonb_build_object('code', case when h.reservation_id is null then l.code end))
                  filter (where a.is_aside), '[]')
    into v_open, v_other
    from apartado._cart_lines(p_cart.cart_id, p_now) l
   cross join lateral (select jsonb_build_object('line', l.line, 'lines', array[l.line], 'item_id', l.item_id, 'location', l.location,
                                                 'quantity', l.quantity, 'stock_id', l.stock_id)) d (demand)
    left join lateral apartado._own_claim(l.stock_id, p_cart.member_id) h on true
   cross join lateral (select l.code is not null or l.reservation_id is not null
                              or h.reservation_id is not null and h.quantity >= l.quantity) a (is_aside);

  if p_mode = 'all_or_nothing' then
    perform apartado._refuse(case o.code when 'RS401' then 'RS401/line' else 'RS402/line' end, 'lines',
                             jsonb_build_object('line', o.line, 'item', o.item_id))
       from jsonb_to_recordset(v_other) as o (line integer, item_id bigint, code text)
      where o.code is not null
      order by o.line;
  end if;
  return apartado._claim_all(v_open, p_cart.member_id, p_class_id, p_mode, p_now) || v_other;
end;
$$;

comment on function apartado._claim_cart(apartado.carts, bigint, text, timestamptz) is 'Reserves the lines of a cart, each as reserve would, but for those that are set aside, by the cart or otherwise.';
