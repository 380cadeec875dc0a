-- _wished_stock: the stock rows that join_any is about.
--
-- Gives   their ids; a null location is every location at which an item is kept
-- Raises  RS101 no such item · RS104 no such location, or an item is not kept there
create or replace function apartado._wished_stock(p_items bigint[], p_location text)
  returns bigint[]
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_ids bigint[] := apartado._stock_ids(p_items, p_location);
begin
  perform apartado._refuse(m.code, case m.parameter when 'item' then 'items' else m.parameter end, m.facts)
     from unnest(p_items) with ordinality i (item_id, number)
    cross join lateral apartado._missing_stock(i.item_id, p_location) m
    where i.item_id <> all (array(select s.item_id from apartado.stock s where s.stock_id = any (v_ids)))
    order by i.number;

  return v_ids;
end;
$$;

comment on function apartado._wished_stock(bigint[], text) is 'The stock rows that join_any is about.';
