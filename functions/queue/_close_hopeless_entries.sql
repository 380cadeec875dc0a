-- _close_hopeless_entries: ends the waiting of those who want more units than there can ever be.
--
-- Gives   the stock row as it then is
-- Locks   the wishes of those who wait there
-- Tells   queue.closed to each of them
-- Notes   only where no more units will come (restock is false, and no wave brings them). Once the last unit is sold, that is
--         everybody. Before, it is whoever wants more than is left: such an entry would block all those behind it for ever.
--         The caller holds the stock row, locked and bumped, and settles it afterwards.
create or replace function apartado._close_hopeless_entries(p_stock apartado.stock, p_now timestamptz)
  returns apartado.stock
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock apartado.stock := p_stock;
  v_left  integer;
  v_ended bigint[] := '{}';
begin
  if p_stock.restock or p_stock.queue_length = 0 then
    return v_stock;
  end if;

  v_left := p_stock.available + p_stock.reserved + apartado._planned(p_stock.stock_id);
  if v_left <= 0 then
    v_ended := array(
      select q.queue_entry_id
        from apartado.queue_entries q
       where q.stock_id = p_stock.stock_id
         and q.status in ('waiting', 'suspended'));
  elsif p_stock.fit <> 'partial' then
    -- who wants one unit can have it: `quantity > 1` is for the partial index, because every sale asks, and queues are long
    v_ended := array(
      select q.queue_entry_id
        from apartado.queue_entries q
       where q.stock_id = p_stock.stock_id
         and q.status in ('waiting', 'suspended')
         and q.quantity > 1
         and q.quantity > v_left);
  end if;
  if v_ended = '{}' then
    return v_stock;
  end if;

  -- before any is closed: two transactions that close the last two places of a wish would each see the other's place open (write skew)
  perform apartado._lock_wishes(array[p_stock.stock_id]);
  with closed as (
    update apartado.queue_entries q
       set status = 'closed', closed_at = p_now, reason = 'sold'
     where q.queue_entry_id = any (v_ended)
    returning q.queue_entry_id
  )
  update apartado.stock s
     set queue_length = s.queue_length - (select count(*) from closed),
         version = s.version + 1
   where s.stock_id = p_stock.stock_id
  returning s.* into v_stock;

  return v_stock;
end;
$$;

comment on function apartado._close_hopeless_entries(apartado.stock, timestamptz) is 'Ends the waiting of those who want more units than there can ever be.';
