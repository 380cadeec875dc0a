-- _settle_all: makes several stock rows true, and true together.
--
-- Gives   how many reservations expired and entries were promoted
-- Tells   what _settle tells
-- Notes   rows with wishes or yielding reservations are settled one by one, by id: who is served on one may be gone from the
--         next. Repeated while a wish that was served still has a place elsewhere: somebody else may be next there now.
--         All other rows in one statement. The caller holds the stock rows and their wishes (_lock_stocks).
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
  v_single bigint[] := array(
    select q.stock_id
      from apartado.queue_entries q
     where q.stock_id = any (p_stock_ids) and q.wish_id is not null and q.status in ('waiting', 'offered', 'suspended')
     union
    select r.stock_id
      from apartado.reservations r
     where r.stock_id = any (p_stock_ids) and r.status = 'active' and r.yields);
  v_stock  apartado.stock;
  v_done   record;
begin
  expired := (
    select coalesce(sum(d.expired), 0)
      from apartado._close_due(array(
             select s.stock_id
               from apartado.stock s
              where s.stock_id = any (p_stock_ids) and s.stock_id <> all (v_single) and s.next_due_at <= p_now), p_now) d);
  promoted := (
    select coalesce(sum(d.promoted), 0)
      from apartado._serve(array(
             select s.stock_id
               from apartado.stock s
              where s.stock_id = any (p_stock_ids) and s.stock_id <> all (v_single)
                and (s.queue_length > 0 and s.available > 0 or s.unserved)), p_now) d);

  loop
    for v_stock in
      select s.*
        from apartado.stock s
       where s.stock_id = any (v_single)
       order by s.stock_id
    loop
      select * into v_done from apartado._settle(v_stock, p_now);
      expired := expired + v_done.expired;
      promoted := promoted + v_done.promoted;
    end loop;
    exit when not apartado._lock_wishes(v_single);
  end loop;
end;
$$;

comment on function apartado._settle_all(bigint[], timestamptz) is 'Makes several stock rows true, and true together.';
