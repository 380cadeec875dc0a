-- _change_item: makes one item what put_items wants it to be, or nothing of it.
--
-- Gives   code, field, facts: null, or why it was refused: RS301 fewer units than are set aside and sold
-- Tells   item.changed and stock.changed with the reason, and what follows from more units
-- Notes   the caller holds all stock rows of the item, locked. Units are added before a new policy under which no more may come,
--         so that nobody is sent away in between, and nobody is served with them before the new price holds
create or replace function apartado._change_item(
  p_item_id  bigint,
  p_fields   jsonb,
  p_location text,
  p_quantity integer,
  p_reason   text,
  p_now      timestamptz,
  out code   text,
  out field  text,
  out facts  jsonb
)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_stock apartado.stock;
  v_delta integer; -- null: not said
begin
  if p_quantity is not null then
    v_stock := apartado._lock_stock(p_item_id, p_location, true);
    select (s.stock).* into v_stock from apartado._settle(v_stock, p_now) s;

    if p_quantity < v_stock.reserved + v_stock.sold then
      code := 'RS301';
      field := 'quantity';
      facts := jsonb_build_object('quantity', p_quantity, 'reserved', v_stock.reserved, 'sold', v_stock.sold);
      return;
    end if;
  end if;

  v_delta := p_quantity - v_stock.total;
  if v_delta <> 0 then
    perform apartado._count_units(v_stock, v_delta, coalesce(p_reason, 'put_items'));
  end if;

  if p_fields <> '{}' then
    perform apartado._say_why(p_reason);
    perform apartado._write_item(p_item_id, p_fields, p_now);
    perform apartado._say_why(null);
  end if;

  if v_delta <> 0 then
    select s.* into v_stock from apartado.stock s where s.stock_id = v_stock.stock_id;
    perform apartado._settle(apartado._close_hopeless_entries(v_stock, p_now), p_now);
  end if;
end;
$$;

comment on function apartado._change_item(bigint, jsonb, text, integer, text, timestamptz) is 'Makes one item what put_items wants it to be, or nothing of it.';
