-- _lock_items: takes the lock of all stock of some items, and bumps it, before their rules change.
--
-- Locks   the stock rows by id, and the wishes of those who wait there; the caller closed the gates of the rules before
create or replace function apartado._lock_items(p_items bigint[])
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._lock_stocks(array(select s.stock_id from apartado.stock s where s.item_id = any (p_items)));
end;
$$;

comment on function apartado._lock_items(bigint[]) is 'Takes the lock of all stock of some items, and bumps it, before their rules change.';
