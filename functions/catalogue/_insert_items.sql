-- _insert_items: makes the items that are not there yet, each with its stock.
--
-- Gives   the skus that were made; one that somebody else made meanwhile is not among them
-- Locks   the new skus (unique index), in their order, before any stock row, so that two imports cannot deadlock
-- Tells   what triggers/stock.sql tells of new stock
create or replace function apartado._insert_items(p_items jsonb, p_now timestamptz)
  returns text[]
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  c_defaults constant jsonb := '{"currency": "EUR", "visible": true, "for_sale": true, "needs_audio": false, "styles": [], "genres": []}';
  v_made     jsonb;
begin
  with made as (
    insert into apartado.items as i (
      sku, title, price, currency, condition, sleeve_condition, visible, for_sale, restock, policy_id,
      year, country, styles, genres, needs_audio, notes, admin_notes, parent, cms_id, created_at, changed_at)
    select n.sku, n.title, n.price, n.currency, n.condition, n.sleeve_condition, n.visible, n.for_sale,
           coalesce((w.item ->> 'quantity')::integer, 1) <> 1, p.policy_id,
           n.year, n.country, n.styles, n.genres, n.needs_audio, n.notes, n.admin_notes, n.parent, n.cms_id, p_now, p_now
      from jsonb_array_elements(p_items) as w (item)
     cross join lateral jsonb_populate_record(null::apartado.items, c_defaults || w.item) n
      join apartado.policies p on p.name = coalesce(w.item ->> 'policy', 'default')
     order by n.sku
    on conflict on constraint item_sku_is_unique do nothing
    returning i.item_id, i.sku
  )
  select coalesce(jsonb_agg(w.item || jsonb_build_object('item_id', m.item_id) order by m.item_id), '[]')
    into v_made
    from made m
    join jsonb_array_elements(p_items) as w (item) on w.item ->> 'sku' = m.sku;

  perform apartado._write_lists(v_made);

  insert into apartado.stock (item_id, location_id, total, available)
  select (m.item ->> 'item_id')::bigint, l.location_id, q.quantity, q.quantity
    from jsonb_array_elements(v_made) with ordinality as m (item, place)
    join apartado.locations l on l.code = coalesce(m.item ->> 'location', 'main')
   cross join lateral (select coalesce((m.item ->> 'quantity')::integer, 1) as quantity) q
   order by m.place;

  return array(select m.item ->> 'sku' from jsonb_array_elements(v_made) as m (item));
end;
$$;

comment on function apartado._insert_items(jsonb, timestamptz) is 'Makes the items that are not there yet, each with its stock.';
