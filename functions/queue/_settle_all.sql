-- _settle_all: makes several stock rows true, and true together.
--
-- Gives   how many reservations expired and entries were promoted
-- Tells   what _settle tells
-- Notes   again as long as who was served on one row had also stood on another, with one wish for both: others may be next there
--         now. The caller holds the stock rows and their wishes (_lock_stocks).
create or replace function apartado._settle_all(
  p_stock_ids  bigint[],
  p_now        timestamptz,
  out expired  bigint,
  out promoted bigint
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
  expired := 0;
  promoted := 0;
  loop
    for v_stock in
      select s.*
        from apartado.stock s
       where s.stock_id = any (p_stock_ids)
       order by s.stock_id
    loop
      select * into v_done from apartado._settle(v_stock, p_now);
      expired := expired + v_done.expired;
      promoted := promoted + v_done.promoted;
    end loop;
    exit when not apartado._lock_wishes(p_stock_ids);
  end loop;
end;
$$;

comment on function apartado._settle_all(bigint[], timestamptz) is 'Makes several stock rows true, and true together.';
