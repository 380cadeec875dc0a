-- _check_open: whether a member may reserve or wait for a stock row's item at all.
--
-- Raises  RS101 hidden, and the member is no operator and holds none of it · RS309 not for sale
--         RS307 its drop is not open yet, unless they only want to wait · RS308 the drop is closed
create or replace function apartado._check_open(p_stock apartado.stock, p_member_id bigint, p_waiting boolean, p_now timestamptz)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not p_stock.open then
    perform apartado._check_visible(p_stock.item_id, p_member_id);
    if not (select i.for_sale from apartado.items i where i.item_id = p_stock.item_id) then
      perform apartado._refuse('RS309', 'item', jsonb_build_object('item', p_stock.item_id));
    end if;
  end if;

  if p_now < p_stock.opens_at and not p_waiting then
    perform apartado._refuse('RS307', 'item', jsonb_build_object('opens_at', apartado._utc(p_stock.opens_at)));
  elsif p_now >= p_stock.closes_at then
    perform apartado._refuse('RS308', 'item', jsonb_build_object('closed_at', apartado._utc(p_stock.closes_at)));
  end if;
end;
$$;

comment on function apartado._check_open(apartado.stock, bigint, boolean, timestamptz) is 'Whether a member may reserve or wait for a stock row''s item at all.';
