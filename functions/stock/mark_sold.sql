-- mark_sold: record a sale over the counter.
--
-- Gives   the purchase; the buyer is the holder when there is exactly one and nobody is named; p_buyer '': nobody in particular
-- Raises  RS101 no such item · RS103 the buyer is no member · RS104 not kept there · RS202 quantity
--         RS205 notes too long, or a reason that is blank or of more than 500 characters
--         RS301 not enough units · RS305 sold already · RS311 held by others, or offered to them, and p_override is false
-- Locks   stock row, the wishes of those who wait there; where the item sold out and its policy hides it then, the item and its other
--         stock rows
-- Tells   purchase.created, with notes and reason to operators; reservation.sold for the buyer's; reservation.cancelled for those
--         who let theirs go, .revoked and queue.removed for those overridden; queue.closed; item.hidden
-- Notes   those overridden read p_reason, or 'sold' where there is none; p_notes are for operators
create or replace function apartado.mark_sold(
  p_actor           text,
  p_item            bigint,
  p_location        text default null,
  p_quantity        integer default 1,
  p_buyer           text default null,
  p_override        boolean default false,
  p_notes           text default null,
  p_idempotency_key text default null,
  p_reason          text default null,
  out purchase_id   bigint,
  out buyer         text,
  out quantity      integer,
  out price         numeric,
  out currency      text
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_item, p_location, p_quantity, p_buyer, p_override, p_notes, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'mark_sold', v_request);
  v_stock   apartado.stock;
  v_now     timestamptz;
  v_buyer   record;
  v_offer   record;
  v_missing integer;
  v_entries text;
begin
  if v_answer is not null then
    select * into purchase_id, buyer, quantity, price, currency
      from jsonb_to_record(v_answer) as (purchase_id bigint, buyer text, quantity integer, price numeric, currency text);
    return;
  end if;
  if p_quantity is null or p_quantity < 1 then
    perform apartado._refuse('RS202', 'quantity', jsonb_build_object('quantity', p_quantity, 'smallest', 1));
  elsif length(p_notes) > 4000 then
    perform apartado._refuse('RS205', 'notes', jsonb_build_object('longest', 4000));
  elsif p_reason is not null then
    perform apartado._check_reason(p_reason);
  end if;

  v_stock := apartado._lock_stock(p_item, p_location, true);
  v_now := apartado.clock();
  v_stock := (select f.stock from apartado._settle(v_stock, v_now) f);
  select * into v_buyer from apartado._buyer(v_stock.stock_id, p_buyer);

  if v_stock.available + v_stock.reserved = 0 then
    perform apartado._refuse('RS305/operator', 'item', jsonb_build_object('sold', v_stock.sold));
  elsif p_quantity > v_stock.available + v_stock.reserved then
    perform apartado._refuse('RS301/operator', 'quantity', jsonb_build_object('requested', p_quantity, 'left', v_stock.available + v_stock.reserved));
  end if;
  select * into v_offer from apartado._own_claim(v_stock.stock_id, v_buyer.member_id);
  if v_offer.status = 'offered' then
    select * into v_offer from apartado._accept_offer(v_stock, v_offer.queue_entry_id, null, v_now);
    v_stock := v_offer.stock;
    v_buyer.reservation := v_offer.reservation;
  end if;
  v_stock := apartado._take_yielding(v_stock, v_buyer.member_id, p_quantity - coalesce((v_buyer.reservation).quantity, 0), v_now);
  v_missing := p_quantity - v_stock.available - coalesce((v_buyer.reservation).quantity, 0);
  if v_missing > 0 then
    if p_override is not true then
      -- an open offer has no reservation to revoke: its entry is named instead
      v_entries := (
        select string_agg(q.queue_entry_id::text, ' ' order by q.queue_entry_id)
          from apartado.queue_entries q
         where q.stock_id = v_stock.stock_id and q.status = 'offered'
           and not exists (select from apartado.reservations r
                            where r.stock_id = q.stock_id and r.status = 'active' and r.member_id is distinct from v_buyer.member_id));
      if v_entries is not null then
        perform apartado._refuse('RS311/offered', 'quantity', jsonb_build_object(
          'offered_to_others', v_missing, 'requested', p_quantity, 'entries', v_entries));
      end if;
      perform apartado._refuse('RS311', 'quantity', jsonb_build_object('held_by_others', v_missing, 'requested', p_quantity));
    end if;
    v_stock := apartado._revoke_for_sale(v_stock, v_buyer.member_id, v_missing, coalesce(p_reason, 'sold'), v_now);
  end if;

  buyer := v_buyer.alias;
  quantity := p_quantity;
  -- what was not priced when it was set aside is sold at today's price, which brings its own currency
  price := coalesce((v_buyer.reservation).price, v_stock.price);
  currency := case when (v_buyer.reservation).price is null then v_stock.currency else (v_buyer.reservation).currency end;
  perform apartado._say_why(p_reason);
  select s.purchase_id
    into purchase_id
    from apartado._sell(v_stock, v_buyer.reservation, v_buyer.member_id, quantity, price, currency, null, p_notes, v_now) s
   cross join lateral apartado._settle(s.stock, v_now) f;
  perform apartado._say_why(null);

  perform apartado._remember(v_owner, p_idempotency_key, 'mark_sold', v_request, jsonb_build_object(
    'purchase_id', purchase_id, 'buyer', buyer, 'quantity', quantity, 'price', price, 'currency', currency));
end;
$$;

comment on function apartado.mark_sold(text, bigint, text, integer, text, boolean, text, text, text) is 'Record a sale over the counter. Example: select * from apartado.mark_sold(null, 1, p_notes => ''cash'')';

grant execute on function apartado.mark_sold to apartado_api, apartado_operator;
