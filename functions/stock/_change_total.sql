-- _change_total: more or fewer units of an item, served at once to those who wait.
--
-- Gives   the stock row as it then is, and how many were promoted
-- Raises  RS204 more than can be counted · RS301 fewer than are free
-- Tells   stock.changed with the reason, then queue.promoted and reservation.created; queue.closed to those for whom
--         too few are left, when no more will come
-- Notes   the caller holds the stock row, locked, bumped and settled
create or replace function apartado._change_total(
  p_stock  apartado.stock,
  p_delta  integer,
  p_reason text,
  p_now    timestamptz,
  out stock    apartado.stock,
  out promoted integer
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
  if p_stock.total::bigint + apartado._planned(p_stock.stock_id) + p_delta > 2147483647 then
    perform apartado._refuse('RS204', 'delta', jsonb_build_object('total', p_stock.total, 'delta', p_delta, 'largest_total', 2147483647));
  elsif p_stock.available::bigint + p_delta < 0 then
    perform apartado._refuse('RS301/operator', 'delta', jsonb_build_object('available', p_stock.available, 'delta', p_delta));
  end if;

  perform apartado._say_why(p_reason);
  update apartado.stock s
     set total = s.total + p_delta,
         available = s.available + p_delta,
         version = s.version + 1
   where s.stock_id = p_stock.stock_id
  returning s.* into v_stock;
  perform apartado._say_why(null);

  v_stock := apartado._close_hopeless_entries(v_stock, p_now);
  select * into v_done from apartado._settle(v_stock, p_now);
  stock := v_done.stock;
  promoted := v_done.promoted;
end;
$$;

comment on function apartado._change_total(apartado.stock, integer, text, timestamptz) is 'More or fewer units of an item, served at once to those who wait.';
