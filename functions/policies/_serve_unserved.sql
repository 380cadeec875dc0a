-- _serve_unserved: serves people who came to be next in line because rules changed.
--
-- Gives   how many were served
-- Locks   the stock rows among these on which units are free and people wait, by id, then their wishes
-- Notes   at most 1,000 rows at once; for the rest comes the next command, or the job
create or replace function apartado._serve_unserved(p_stock_ids bigint[])
  returns integer
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_ids      bigint[];
  v_promoted integer := 0;
  v_stock    apartado.stock;
begin
  v_ids := array(
    select l.stock_id
      from (select s.stock_id
              from apartado.stock s
             where s.stock_id = any (p_stock_ids)
               and s.unserved
             order by s.stock_id
             limit 1000
               for no key update) l);
  perform apartado._lock_wishes(v_ids);

  for v_stock in
    select s.*
      from apartado.stock s
     where s.stock_id = any (v_ids)
     order by s.stock_id
  loop
    v_promoted := v_promoted + (select f.promoted from apartado._settle(v_stock, apartado.clock()) f);
  end loop;

  return v_promoted;
end;
$$;

comment on function apartado._serve_unserved(bigint[]) is 'Serves people who came to be next in line because rules changed.';
