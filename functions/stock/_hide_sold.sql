-- _hide_sold: hides an item that sold out, where its policy says so.
--
-- Gives   the stock row as it then is
-- Locks   the item, then its other stock rows where nobody else is at work on them
-- Tells   item.hidden with the reason 'sold', through triggers/items.sql
-- Notes   the caller holds the stock row, locked and bumped, and sold its last unit. The item stays visible while there are
--         units at another location, on their way (a wave), or people who wait for more; and while the row of another location
--         is locked, because waiting for it could deadlock. Two last sales at once are serialized by the item's row lock, and
--         the second sees the first
create or replace function apartado._hide_sold(p_stock apartado.stock, p_now timestamptz)
  returns apartado.stock
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock  apartado.stock := p_stock;
  v_locked bigint[];
begin
  if p_stock.available + p_stock.reserved > 0 or p_stock.queue_length > 0
     or not coalesce((apartado._policy_of(p_stock.item_id, p_stock.location_id)).hide_sold, false) then
    return v_stock;
  end if;

  perform from apartado.items i where i.item_id = p_stock.item_id for no key update;
  v_locked := array(select s.stock_id from apartado.stock s where s.item_id = p_stock.item_id for no key update skip locked);
  -- a new statement, so its snapshot was taken after the locks
  if (select bool_and(s.stock_id = any (v_locked) and s.available + s.reserved = 0 and s.queue_length = 0
                      and apartado._planned(s.stock_id) = 0)
        from apartado.stock s
       where s.item_id = p_stock.item_id) then
    perform apartado._show(p_stock.item_id, false, 'sold', p_now);
    select s.* into v_stock from apartado.stock s where s.stock_id = p_stock.stock_id;
  end if;
  return v_stock;
end;
$$;

comment on function apartado._hide_sold(apartado.stock, timestamptz) is 'Hides an item that sold out, where its policy says so.';
