-- _item_changes: what of the wanted items is not as it is.
--
-- Gives   one row for each item that differs. fields: those that do, with the wanted value · location: where quantity
--         is meant · quantity: the wanted total, null where it is right or not named · is_new: no stock is kept there yet
-- Notes   an item named at a new location has one unit there, unless the quantity is named too
create or replace function apartado._item_changes(p_items jsonb)
  returns table (
    item_id  bigint,
    sku      text,
    fields   jsonb,
    location text,
    quantity integer,
    is_new   boolean
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  with wanted as (
    select i.item_id, i.sku, w.item - '{sku,quantity,location}'::text[] as fields,
           coalesce(w.item ->> 'location', 'main') as location,
           s.stock_id is null as is_new, s.total,
           case
             when w.item ? 'quantity' then (w.item ->> 'quantity')::integer
             when w.item ? 'location' and s.stock_id is null then 1
           end as quantity
      from jsonb_array_elements(p_items) as w (item)
      join apartado.items i on i.sku = w.item ->> 'sku'
      join apartado.locations l on l.code = coalesce(w.item ->> 'location', 'main')
      left join apartado.stock s on s.item_id = i.item_id and s.location_id = l.location_id
  ), present as (
    select r.item_id, to_jsonb(r) as item
      from apartado._item_records(array(select w.item_id from wanted w)) r
  ), compared as (
    select w.item_id, w.sku,
           (select coalesce(jsonb_object_agg(f.key, f.value), '{}')
              from jsonb_each(w.fields) f
             where f.value is distinct from p.item -> f.key) as fields,
           w.location,
           case when w.quantity is distinct from w.total then w.quantity end as quantity,
           w.is_new
      from wanted w
      join present p on p.item_id = w.item_id
  )
  select c.item_id, c.sku, c.fields, c.location, c.quantity, c.is_new
    from compared c
   where c.fields <> '{}'
      or c.quantity is not null
   order by c.item_id;
$$;

comment on function apartado._item_changes(jsonb) is 'What of the wanted items is not as it is.';
