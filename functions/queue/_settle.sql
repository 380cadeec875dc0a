-- _settle: makes a stock row true: closes what is due on it, and gives free units to those who are next in line.
--
-- Gives   the stock row as it then is, and how many reservations expired and entries were promoted
-- Locks   the wishes of the row's entries, by id; the caller holds the stock row, locked and bumped
-- Tells   what _close_due, _serve and _let_go tell
-- Notes   units whose holders let them go as soon as somebody wants them go to those whom they would serve.
--         p_ttl shortens the reservation that p_entry_id becomes: reserve passes on whom it put in line itself
create or replace function apartado._settle(
  p_stock      apartado.stock,
  p_now        timestamptz,
  p_entry_id   bigint default null,
  p_ttl        interval default null,
  out stock    apartado.stock,
  out expired  integer,
  out promoted integer
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_done  record;
  v_units integer;
begin
  stock := p_stock;
  expired := 0;
  promoted := 0;
  if p_stock.queue_length > 0 and apartado._lock_wishes(array[p_stock.stock_id]) or p_stock.next_due_at <= p_now then
    select d.stock, d.expired into v_done from apartado._close_due(array[p_stock.stock_id], p_now) d;
    stock := v_done.stock;
    expired := v_done.expired;
  end if;

  if stock.queue_length > 0 and stock.available > 0 or stock.unserved then
    select s.stock, s.promoted into v_done from apartado._serve(array[p_stock.stock_id], p_now, p_entry_id, p_ttl) s;
    stock := coalesce(v_done.stock, stock);
    promoted := coalesce(v_done.promoted, 0);
  end if;

  v_units := apartado._wanted_of_yielding(stock, p_now);
  if v_units > 0 then
    stock := apartado._let_go(stock, null, v_units, p_now);
    select s.stock, s.promoted into v_done from apartado._serve(array[p_stock.stock_id], p_now, p_entry_id, p_ttl) s;
    stock := coalesce(v_done.stock, stock);
    promoted := promoted + coalesce(v_done.promoted, 0);
  end if;
end;
$$;

comment on function apartado._settle(apartado.stock, timestamptz, bigint, interval) is 'Makes a stock row true: closes what is due on it, and gives free units to those who are next in line.';
