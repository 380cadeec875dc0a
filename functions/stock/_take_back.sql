-- _take_back: writes units of a purchase off as undone, and counts them in as free.
--
-- Gives   the stock row as it then is
-- Tells   purchase.undone, through triggers/purchases.sql
-- Notes   the caller holds the stock row, locked and bumped, and serves the queue next. The aggregate completes the CTE before
--         stock is updated (see _change_reservation)
create or replace function apartado._take_back(
  p_stock    apartado.stock,
  p_purchase bigint,
  p_quantity integer,
  p_reason   text,
  p_now      timestamptz
)
  returns apartado.stock
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock apartado.stock;
begin
  with taken as (
    update apartado.purchases p
       set undone = p.undone + p_quantity, undone_at = p_now, undo_reason = p_reason
     where p.purchase_id = p_purchase
    returning p.purchase_id
  )
  update apartado.stock s
     set available = s.available + p_quantity,
         sold = s.sold - p_quantity,
         version = s.version + 1
    from (select count(*) from taken) t
   where s.stock_id = p_stock.stock_id
  returning s.* into v_stock;

  return v_stock;
end;
$$;

comment on function apartado._take_back(apartado.stock, bigint, integer, text, timestamptz) is 'Writes units of a purchase off as undone, and counts them in as free.';
