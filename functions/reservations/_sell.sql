-- _sell: records a sale, from a reservation's units and, for the rest, from the free ones.
--
-- Gives   purchase_id and the stock row as it then is
-- Tells   purchase.created; reservation.sold or .changed; queue.closed to those for whom too few are left, when no more will come;
--         item.hidden where the policy hides what is sold out
-- Notes   p_reservation is null (sold over the counter) or over (confirmed late): then all units come from the free ones.
--         The caller holds the stock row, locked and bumped, found p_quantity units there, and settles it afterwards.
--         One statement, so that rows and counters agree at its end; the aggregates complete the CTEs, in this order, before
--         stock is updated (see _change_reservation).
create or replace function apartado._sell(
  p_stock       apartado.stock,
  p_reservation apartado.reservations,
  p_member_id   bigint,
  p_quantity    integer,
  p_price       numeric,
  p_currency    text,
  p_reference   text,
  p_notes       text,
  p_now         timestamptz,
  out stock       apartado.stock,
  out purchase_id bigint
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_held integer := case p_reservation.status when 'active' then least(p_quantity, p_reservation.quantity) else 0 end;
  v_done record;
begin
  with sold as (
    update apartado.reservations r
       set quantity  = case when v_held = r.quantity then r.quantity else r.quantity - v_held end,
           status    = case when v_held = r.quantity then 'sold' else r.status end,
           closed_at = case when v_held = r.quantity then greatest(p_now, r.reserved_at) end
     where r.reservation_id = p_reservation.reservation_id
       and v_held > 0
    returning r.reservation_id
  ), bought as (
    insert into apartado.purchases as b (reservation_id, stock_id, member_id, quantity, price, currency, reference, notes, purchased_at)
    select p_reservation.reservation_id, p_stock.stock_id, p_member_id, p_quantity, p_price, p_currency, p_reference, p_notes, p_now
      from (select count(*) from sold) x
    returning b.purchase_id
  )
  update apartado.stock s
     set reserved = s.reserved - v_held,
         available = s.available - (p_quantity - v_held),
         sold = s.sold + p_quantity,
         version = s.version + 1
    from (select max(b.purchase_id) as purchase_id from bought b) b
   where s.stock_id = p_stock.stock_id
  returning s as stock, b.purchase_id into v_done;

  purchase_id := v_done.purchase_id;
  stock := apartado._hide_sold(apartado._close_hopeless_entries(v_done.stock, p_now), p_now);
end;
$$;

comment on function apartado._sell(apartado.stock, apartado.reservations, bigint, integer, numeric, text, text, text, timestamptz) is 'Records a sale, from a reservation''s units and, for the rest, from the free ones.';
