-- _serve_unserved: serves people who came to be next in line because rules changed.
--
-- Gives   how many were served
-- Locks   the wishes of those who wait where units are free, by id
-- Notes   the caller holds the stock rows. At most 1,000 of them at once; for the rest comes the next command, or the job
create or replace function apartado._serve_unserved(p_stock_ids bigint[])
  returns integer
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_ids bigint[];
begin
  v_ids := array(
    select s.stock_id
      from apartado.stock s
     where s.stock_id = any (p_stock_ids)
       and s.unserved
     order by s.stock_id
     limit 1000);
  perform apartado._lock_wishes(v_ids);

  return (select f.promoted from apartado._settle_all(v_ids, apartado.clock()) f);
end;
$$;

comment on function apartado._serve_unserved(bigint[]) is 'Serves people who came to be next in line because rules changed.';
