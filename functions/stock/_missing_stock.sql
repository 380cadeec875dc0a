-- _missing_stock: why there is no stock of this item at this location.
--
-- Gives   code, parameter and facts: RS205 no item was named · RS101 no such item · RS104 no such location, or the item is
--         not kept there
create or replace function apartado._missing_stock(
  p_item        bigint,
  p_location    text,
  p_sees_hidden boolean default false,
  out code      text,
  out parameter text,
  out facts     jsonb
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  if p_item is null then
    code := 'RS205';
    parameter := 'item';
    facts := '{}';
  elsif not exists (select from apartado.items i where i.item_id = p_item and (i.visible or p_sees_hidden)) then
    -- also for a hidden item, or the answer would leak where it is kept
    code := 'RS101';
    parameter := 'item';
    facts := jsonb_build_object('item', p_item);
  else
    code := case when coalesce(p_location, 'main') = 'main' then 'RS104/main' else 'RS104' end;
    parameter := 'location';
    facts := jsonb_build_object('item', p_item, 'location', coalesce(p_location, 'main'));
  end if;
end;
$$;

comment on function apartado._missing_stock(bigint, text, boolean) is 'Why there is no stock of this item at this location.';
