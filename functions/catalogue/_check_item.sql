-- _check_item: refuses an item that there is not, for operators: a hidden one is there.
--
-- Raises  RS101 no such item
create or replace function apartado._check_item(p_item bigint)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from apartado.items i where i.item_id = p_item) then
    perform apartado._refuse('RS101', 'item', jsonb_build_object('item', p_item));
  end if;
end;
$$;

comment on function apartado._check_item(bigint) is 'Refuses an item that there is not, for operators: a hidden one is there.';
