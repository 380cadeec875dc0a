-- item_id: the number of the item with this sku, to name it in the other functions.
--
-- Raises  RS101 no such item, or hidden · RS205 no sku
-- Notes   it names no caller. So a hidden item is found by database roles that work for the shop, and over HTTP by
--         nobody: operators find it with find_items
create or replace function apartado.item_id(p_sku text)
  returns bigint
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_item_id bigint;
begin
  if p_sku is null then
    perform apartado._refuse('RS205/missing', 'sku');
  end if;

  select i.item_id
    into v_item_id
    from apartado.items i
   where i.sku = btrim(p_sku)
     and (i.visible or pg_has_role(session_user, 'apartado_operator', 'member'));

  if v_item_id is null then
    perform apartado._refuse('RS101', 'sku', jsonb_build_object('sku', left(p_sku, 200)));
  end if;
  return v_item_id;
end;
$$;

comment on function apartado.item_id(text) is 'The number of the item with this sku, to name it in the other functions. Example: select apartado.item_id(''lp-1'')';

grant execute on function apartado.item_id to apartado_api, apartado_operator;
