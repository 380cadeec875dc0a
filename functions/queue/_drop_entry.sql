-- _drop_entry: closes an entry that waits, is suspended or has an offer, and gives what was offered to those behind it.
--
-- Gives   the stock row as it then is, and how many were promoted
-- Locks   the wishes of those who wait there
-- Tells   queue.left or queue.removed, then what _settle tells
-- Notes   the caller holds the stock row, locked and bumped, and found the entry there. The aggregate completes the CTE before
--         stock is updated (see _change_reservation).
create or replace function apartado._drop_entry(
  p_stock  apartado.stock,
  p_entry  apartado.queue_entries,
  p_status text,
  p_reason text,
  p_now    timestamptz,
  out stock    apartado.stock,
  out promoted integer
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_stock apartado.stock;
  v_done  record;
begin
  -- before it is closed: two transactions that close the last two places of a wish would each see the other's place open (write skew)
  perform apartado._lock_wishes(array[p_stock.stock_id]);
  with dropped as (
    update apartado.queue_entries q
       set status = p_status, reason = p_reason, closed_at = p_now, offered_until = null, offered_quantity = null
     where q.queue_entry_id = p_entry.queue_entry_id
    returning q.queue_entry_id
  )
  update apartado.stock s
     set available = s.available + coalesce(p_entry.offered_quantity, 0),
         reserved = s.reserved - coalesce(p_entry.offered_quantity, 0),
         queue_length = s.queue_length - (p_entry.status <> 'offered')::integer,
         version = s.version + 1
    from (select count(*) from dropped) d
   where s.stock_id = p_stock.stock_id
  returning s.* into v_stock;

  select * into v_done from apartado._settle(v_stock, p_now);
  stock := v_done.stock;
  promoted := v_done.promoted;
end;
$$;

comment on function apartado._drop_entry(apartado.stock, apartado.queue_entries, text, text, timestamptz) is 'Closes an entry that waits, is suspended or has an offer, and gives what was offered to those behind it.';
