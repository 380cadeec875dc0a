-- confirm_reservation: turn a reservation, or some of its units, into a purchase, once.
--
-- Gives   the purchase, at the price that was frozen, or today's where there was none; what remains stays held until its deadline;
--         reacquired: it had expired, and its units were had again
-- Raises  RS102 not there, or not yours · RS202 fewer than one, or more than it holds · RS205 reference too long
--         RS401 expired · RS402 cancelled or revoked · RS404 sold
--         late, where the policy allows it: RS101 hidden since · RS301 its units are not free · RS302 another is held · RS306 people wait
--         RS307, RS308 outside the window of the drop · RS309 not for sale · RS501, RS504 their limits
-- Locks   the member's turn, the stock row, the wishes of those who wait there; where the item sold out and its policy hides it then,
--         the item and its other stock rows
-- Tells   purchase.created; reservation.sold (or .changed for a part); queue.closed to those for whom too few are left,
--         when no more will come; item.hidden
-- Notes   an expired reservation may be confirmed once, under a policy with late_confirm; it stays expired, and what of it is
--         not bought then is not held again. remaining is what is held at the end: units that yield go to who wants them
create or replace function apartado.confirm_reservation(
  p_member           text,
  p_reservation      bigint,
  p_quantity         integer default null,
  p_reference        text default null,
  p_idempotency_key  text default null,
  out purchase_id    bigint,
  out reservation_id bigint,
  out quantity       integer,
  out remaining      integer,
  out price          numeric,
  out currency       text,
  out total          numeric,
  out reacquired     boolean,
  out server_time    timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id   bigint := apartado._member_id(p_member);
  v_owner       text := apartado._canonical_alias(p_member);
  v_request     jsonb := jsonb_build_array(p_reservation, p_quantity, p_reference);
  v_answer      jsonb := apartado._recall(v_owner, p_idempotency_key, 'confirm_reservation', v_request);
  v_class_id    bigint;
  v_found       record;
  v_stock       apartado.stock;
  v_sold        record;
  v_reservation apartado.reservations;
begin
  if v_answer is not null then
    select * into purchase_id, reservation_id, quantity, remaining, price, currency, total, reacquired, server_time
      from jsonb_to_record(v_answer) as (
        purchase_id bigint, reservation_id bigint, quantity integer, remaining integer, price numeric,
        currency text, total numeric, reacquired boolean, server_time timestamptz);
    return;
  end if;
  if length(p_reference) > 500 then
    perform apartado._refuse('RS205', 'reference', jsonb_build_object('longest', 500));
  end if;

  v_class_id := (select t.class_id from apartado._take_turn(p_member) t);
  select * into v_found from apartado._lock_live_reservation(v_member_id, p_reservation, true);
  v_stock := v_found.stock;
  v_reservation := v_found.reservation;
  if p_quantity < 1 or p_quantity > v_reservation.quantity then
    perform apartado._refuse('RS202', 'quantity', jsonb_build_object('quantity', p_quantity, 'held', v_reservation.quantity));
  end if;

  reservation_id := p_reservation;
  quantity := coalesce(p_quantity, v_reservation.quantity);
  -- what was not priced when it was set aside is sold at today's price, which brings its own currency
  price := coalesce(v_reservation.price, v_stock.price);
  currency := case when v_reservation.price is null then v_stock.currency else v_reservation.currency end;
  total := price * quantity;
  server_time := v_found.now;
  reacquired := apartado._over(v_reservation, server_time) is not null;
  remaining := case when reacquired then 0 else v_reservation.quantity - quantity end;
  if reacquired then
    v_stock := apartado._reacquire(v_stock, v_reservation, quantity, server_time);
    v_reservation.status := 'expired';
  end if;

  select s.purchase_id, f.stock
    into v_sold
    from apartado._sell(v_stock, v_reservation, v_member_id, quantity, price, currency, p_reference, null, server_time) s
   cross join lateral apartado._settle(s.stock, server_time) f;
  purchase_id := v_sold.purchase_id;
  if remaining > 0 then
    remaining := coalesce((select r.quantity from apartado.reservations r where r.reservation_id = p_reservation and r.status = 'active'), 0);
  end if;
  if reacquired then
    perform apartado._check_limits(v_sold.stock, v_member_id, v_class_id, 0, 'RS501', server_time);
  end if;

  perform apartado._remember(v_owner, p_idempotency_key, 'confirm_reservation', v_request, jsonb_build_object(
    'purchase_id', purchase_id, 'reservation_id', reservation_id, 'quantity', quantity, 'remaining', remaining,
    'price', price, 'currency', currency, 'total', total, 'reacquired', reacquired, 'server_time', server_time));
end;
$$;

comment on function apartado.confirm_reservation(text, bigint, integer, text, text) is 'Turn a reservation, or some of its units, into a purchase, once. Example: select * from apartado.confirm_reservation(''ana'', 1, p_reference => ''order 17'')';

grant execute on function apartado.confirm_reservation to apartado_api, apartado_operator;
