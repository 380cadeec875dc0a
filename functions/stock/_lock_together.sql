-- _lock_together: locks the stock rows that several requests in one call are about.
--
-- Gives   the ids of those that are locked
-- Locks   the stock rows by id, without waiting, or with p_waits the one that all of them are about
create or replace function apartado._lock_together(p_requests apartado.reserve_request[], p_waits boolean)
  returns bigint[]
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set jit = off
as $$
declare
  v_stock_ids bigint[];
begin
  if p_waits then
    return array(select s.stock_id from apartado.stock s where s.stock_id = p_requests[1].stock_id for no key update);
  end if;
  v_stock_ids := array(select r.stock_id from unnest(p_requests) r);
  return array(select s.stock_id from apartado.stock s where s.stock_id = any (v_stock_ids) order by s.stock_id for no key update skip locked);
end;
$$;

comment on function apartado._lock_together(apartado.reserve_request[], boolean) is 'Locks the stock rows that several requests in one call are about.';
