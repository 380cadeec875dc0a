-- _lock_items: takes the lock of all stock of some items, and bumps it, before their rules change.
--
-- Locks   the stock rows by id, and the wishes of those who wait there; the caller closed the gates of the rules before
create or replace function apartado._lock_items(p_items bigint[])
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock_ids bigint[];
begin
  select array_agg(l.stock_id)
    into v_stock_ids
    from (select s.stock_id
            from apartado.stock s
           where s.item_id = any (p_items)
           order by s.stock_id
             for no key update) l;
  update apartado.stock s
     set version = s.version + 1
   where s.stock_id = any (v_stock_ids);
  perform apartado._lock_wishes(v_stock_ids);
end;
$$;

comment on function apartado._lock_items(bigint[]) is 'Takes the lock of all stock of some items, and bumps it, before their rules change.';
