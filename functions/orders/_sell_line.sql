-- _sell_line: sells one line of an order to its buyer: from what they hold, and what they do not hold is reserved first.
--
-- Gives   the purchase's id
-- Raises  what reserve and change_quantity refuse with, naming the item: the lines before may have used a limit up
-- Tells   what reserve tells; reservation.sold or .changed, purchase.created
-- Notes   so limits, queues and windows are those of reserve to the letter. p_member_id null: sold to nobody in particular.
--         What was not priced when it was set aside is sold at today's price, as mark_sold does.
--         The caller holds the buyer's turn and the stock row, locked and settled
create or replace function apartado._sell_line(
  p_stock_id  bigint,
  p_member_id bigint,
  p_class_id  bigint,
  p_quantity  integer,
  p_reference text,
  p_at_till   boolean,
  p_now       timestamptz
)
  returns bigint
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock apartado.stock;
  v_own   record;
  v_held  apartado.reservations;
begin
  select s.* into v_stock from apartado.stock s where s.stock_id = p_stock_id;
  perform apartado._refuse(case when p_at_till then apartado._at_till(r.code) else r.code end, 'lines', r.facts || jsonb_build_object('item', v_stock.item_id))
     from apartado._line_refusals(p_stock_id, v_stock.item_id, null, p_member_id, p_class_id, p_quantity, p_now) r;
  select * into v_own from apartado._own_claim(p_stock_id, p_member_id);
  if v_own.reservation_id is null then
    if p_member_id is null then
      v_stock := apartado._take_yielding(v_stock, null, p_quantity, p_now);
    else
      v_stock := apartado._claim(v_stock, p_member_id, p_class_id, p_quantity, null, p_now);
      select * into v_own from apartado._own_claim(p_stock_id, p_member_id);
    end if;
  end if;

  select r.* into v_held from apartado.reservations r where r.reservation_id = v_own.reservation_id;
  if v_held.quantity < p_quantity then
    v_held := apartado._hold_more(v_stock, v_held, p_class_id, p_quantity, p_now);
    select s.* into v_stock from apartado.stock s where s.stock_id = p_stock_id;
  end if;

  return (
    select s.purchase_id
      from apartado._sell(v_stock, v_held, p_member_id, p_quantity, coalesce(v_held.price, v_stock.price),
                          case when v_held.price is null then v_stock.currency else v_held.currency end, p_reference, null, p_now) s
     cross join lateral apartado._settle(s.stock, p_now) f);
end;
$$;

comment on function apartado._sell_line(bigint, bigint, bigint, integer, text, boolean, timestamptz) is 'Sells one line of an order to its buyer: from what they hold, and what they do not hold is reserved first.';
