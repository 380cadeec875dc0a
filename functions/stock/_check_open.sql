-- _check_open: whether a member may reserve or wait for a stock row's item at all.
--
-- Raises  RS101 hidden, and the member is no operator and holds none of it · RS309 not for sale
create or replace function apartado._check_open(p_stock apartado.stock, p_member_id bigint)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_stock.open then
    return;
  end if;

  perform apartado._check_visible(p_stock.item_id, p_member_id);
  if not (select i.for_sale from apartado.items i where i.item_id = p_stock.item_id) then
    perform apartado._refuse('RS309', 'item', jsonb_build_object('item', p_stock.item_id));
  end if;
end;
$$;

comment on function apartado._check_open(apartado.stock, bigint) is 'Whether a member may reserve or wait for a stock row''s item at all.';
