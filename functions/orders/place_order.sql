-- place_order: buy everything that is in your cart, or these lines, at once.
--
-- Gives   the order, its lines at the prices that were frozen, and what they cost in each currency
-- Raises  RS104 no such location · RS105 no cart, or nothing in it (lines: 0), or it is not yours, or p_without names what is not in it
--         RS604 p_cart is of somebody who is barred · RS205 lines that cannot be read
--         what stands against the first line that cannot be had, naming all of them: RS101 RS301 RS302 RS303 RS305 RS306 RS307 RS308
--         RS309 RS401 RS402 RS501 RS503 RS504; RS202, RS203, RS204 a line that cannot be; RS312 more than is held, and the price is another now;
--         or something else would be sold than p_expected says
-- Locks   with p_cart the caller's member row (shared); the buyer's turn, the cart, the stock rows by id, the wishes of those who wait there
-- Tells   purchase.created of each line, reservation.created and .sold, order.placed, cart.changed; queue.closed and item.hidden, as
--         confirm_reservation
-- Notes   where nothing is in the cart, and neither p_cart nor p_lines is sent: what its checkouts set aside and the buyer did not
--         give up. That is forgotten once something is ordered from the cart, so that what is sent twice buys nothing more.
--         What the buyer holds is sold from that, at its price; what was never set aside must be there as for reserve, with the same
--         limits, queues and windows. p_lines: [{"item": 1, "quantity": 2}], at p_location, instead of the cart.
--         p_cart: the cart to be sold; operators sell anybody's, as a till does, and a device's to nobody in particular; p_member null:
--         the operator is a database role. p_lines beside
--         p_cart come on top of what is in it, and are counted after that: what somebody brought to the till with an empty cart.
--         What fell out of such a cart is sold as if it had never been set aside: it was brought to the till.
--         p_without: items that stay in the cart, and are not bought. p_expected: what the caller saw, [{"item": 1, "quantity": 2,
--         "price": "12.50"}]: where the order would be of anything else, nothing is sold; for the cart is somebody's, who may change it
create or replace function apartado.place_order(
  p_member          text,
  p_location        text default null,
  p_lines           jsonb default null,
  p_cart            bigint default null,
  p_reference       text default null,
  p_idempotency_key text default null,
  p_without         bigint[] default null,
  p_expected        jsonb default null,
  out order_id      bigint,
  out cart_id       bigint,
  out location      text,
  out buyer         text,
  out lines         jsonb,
  out totals        jsonb,
  out reference     text,
  out server_time   timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := coalesce(apartado._canonical_alias(p_member), case when p_cart is not null then apartado._operator_role() end);
  v_request jsonb := jsonb_build_array(p_location, p_lines, p_cart, p_reference)
                     || case when p_without is null then '[]' else jsonb_build_array(p_without) end
                     || case when p_expected is null then '[]' else jsonb_build_array(jsonb_build_object('expected', p_expected)) end;
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'place_order', v_request);
  v_buys    record;
  v_demand  jsonb;
  v_checked boolean;
  v_at_till boolean;
  v_now     timestamptz;
begin
  if v_answer is null then
    if length(p_reference) > 500 then
      perform apartado._refuse('RS205', 'reference', jsonb_build_object('longest', 500));
    end if;

    select * into v_buys from apartado._buyer_of_order(p_member, p_location, p_lines, p_cart);
    v_at_till := p_member is null or v_buys.member_id is distinct from apartado._member_id(p_member);
    v_checked := p_lines is null and p_cart is null and apartado._is_checked_out(v_buys.cart);
    v_demand := apartado._leave_out(apartado._order_demand(v_buys.cart, v_buys.location_id, p_lines, v_checked), p_without);
    v_now := apartado._settle_demand(v_demand);
    if (v_buys.cart).cart_id is not null then
      -- again after settling, which may have taken lines out of the cart
      v_demand := apartado._leave_out(apartado._order_demand(v_buys.cart, v_buys.location_id, p_lines, v_checked), p_without);
    end if;
    if v_demand = '[]' and v_at_till then
      perform apartado._refuse('RS105/till', 'cart', jsonb_build_object('cart', p_cart, 'lines', 0));
    elsif v_demand = '[]' then
      perform apartado._refuse_empty_cart((v_buys.cart).cart_id, case when p_cart is null then 'location' else 'cart' end);
    end if;
    perform apartado._refuse_missing_lines(v_demand, v_buys.member_id, v_buys.class_id, v_at_till, v_now);
    order_id := apartado._write_order(v_demand, v_buys.member_id, v_buys.class_id, v_buys.location_id, (v_buys.cart).cart_id, p_reference, v_at_till, v_now);

    delete from apartado.cart_lines l
     using jsonb_to_recordset(v_demand) as d (stock_id bigint)
     where l.cart_id = (v_buys.cart).cart_id
       and l.stock_id = d.stock_id;
    update apartado.carts c
       set checked_out = null
     where c.cart_id = (v_buys.cart).cart_id
       and c.checked_out is not null;
    v_answer := apartado._order_answer(order_id);
    perform apartado._refuse_unexpected(v_answer -> 'lines', p_expected);
    perform apartado._remember(v_owner, p_idempotency_key, 'place_order', v_request, v_answer);
  end if;

  select * into order_id, cart_id, location, buyer, lines, totals, reference, server_time
    from jsonb_to_record(v_answer) as (
      order_id bigint, cart_id bigint, location text, buyer text, lines jsonb, totals jsonb, reference text, server_time timestamptz);
end;
$$;

comment on function apartado.place_order(text, text, jsonb, bigint, text, text, bigint[], jsonb) is 'Buy everything that is in your cart, or these lines, at once. Example: select * from apartado.place_order(''cai'', p_lines => ''[{"item": 2}, {"item": 3, "quantity": 2}]'')';

grant execute on function apartado.place_order to apartado_api, apartado_operator;
