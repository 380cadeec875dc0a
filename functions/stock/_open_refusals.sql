-- _open_refusals: why a member may neither reserve nor wait for a stock row's item at all.
--
-- Gives   code, parameter and facts: RS101 hidden, and the member is no operator and holds none of it · RS309 not for sale
--         RS307 its drop is not open yet, unless they only want to wait · RS308 the drop is closed; no rows: they may
create or replace function apartado._open_refusals(p_stock apartado.stock, p_member_id bigint, p_waiting boolean, p_now timestamptz)
  returns table (
    code      text,
    parameter text,
    facts     jsonb
  )
  language plpgsql
  stable
  rows 1
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  parameter := 'item';
  if not p_stock.open and not apartado._visible_to(p_stock.item_id, p_member_id) then
    -- and no other reason, or the answer would leak the state of a hidden item
    code := 'RS101';
    facts := jsonb_build_object('item', p_stock.item_id);
    return next;
    return;
  elsif not p_stock.open and not (select i.for_sale from apartado.items i where i.item_id = p_stock.item_id) then
    code := 'RS309';
    facts := jsonb_build_object('item', p_stock.item_id);
    return next;
  end if;

  if p_now < p_stock.opens_at and not p_waiting then
    code := 'RS307';
    facts := jsonb_build_object('opens_at', apartado._utc(p_stock.opens_at));
    return next;
  elsif p_now >= p_stock.closes_at then
    code := 'RS308';
    facts := jsonb_build_object('closed_at', apartado._utc(p_stock.closes_at));
    return next;
  end if;
end;
$$;

comment on function apartado._open_refusals(apartado.stock, bigint, boolean, timestamptz) is 'Why a member may neither reserve nor wait for a stock row''s item at all.';
