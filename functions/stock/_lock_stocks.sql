-- _lock_stocks: takes the locks of several stock rows, bumps their versions, and takes the wishes of those who wait there.
--
-- Locks   the stock rows by id, then the wishes by id: one order for all who take several, so that they cannot deadlock
-- Notes   an ordered locking SELECT first, because an UPDATE locks rows in the order of its plan
create or replace function apartado._lock_stocks(p_stock_ids bigint[])
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform s.stock_id
     from apartado.stock s
    where s.stock_id = any (p_stock_ids)
    order by s.stock_id
      for no key update;
  update apartado.stock s
     set version = s.version + 1
   where s.stock_id = any (p_stock_ids);
  perform apartado._lock_wishes(p_stock_ids);
end;
$$;

comment on function apartado._lock_stocks(bigint[]) is 'Takes the locks of several stock rows, bumps their versions, and takes the wishes of those who wait there.';
