-- _settle_demand: makes all stock rows true of which something is asked together.
--
-- Gives   the time at which it was done
-- Locks   the stock rows by id, the wishes of those who wait there
-- Tells   what _settle tells
create or replace function apartado._settle_demand(p_demand jsonb)
  returns timestamptz
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock_ids bigint[] := array(select d.stock_id from jsonb_to_recordset(p_demand) as d (stock_id bigint) where d.stock_id is not null);
  v_now       timestamptz;
begin
  perform apartado._lock_stocks(v_stock_ids);
  v_now := apartado.clock();
  perform apartado._settle_all(v_stock_ids, v_now);
  return v_now;
end;
$$;

comment on function apartado._settle_demand(jsonb) is 'Makes all stock rows true of which something is asked together.';
