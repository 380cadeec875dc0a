-- _is_settled: whether settling a stock row would change nothing.
--
-- Notes   of a locked row: nothing is due, nobody who waits can be served, nobody lets units go, and no wish ends a place
create or replace function apartado._is_settled(p_stock apartado.stock, p_now timestamptz)
  returns boolean
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return p_stock.next_due_at > p_now
     and not p_stock.unserved
     and (p_stock.queue_length = 0 or p_stock.available = 0 or p_stock.opens_at > p_now)
     and not exists (select from apartado.reservations r where r.stock_id = p_stock.stock_id and r.status = 'active' and r.yields)
     and not exists (select from apartado.queue_entries q
                      where q.stock_id = p_stock.stock_id and q.wish_id is not null and q.status in ('waiting', 'offered', 'suspended'));
end;
$$;

comment on function apartado._is_settled(apartado.stock, timestamptz) is 'Whether settling a stock row would change nothing.';
