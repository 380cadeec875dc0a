-- _change_items: makes items that are there what put_items wants them to be.
--
-- Gives   one object for each item that differed, by its sku: code, field, facts as in _change_item and _item_clashes
-- Locks   all stock rows of the items that differ, by stock_id, then the wishes of those who wait there
-- Notes   compared first without a lock, because most of a re-import is unchanged, and again under it
create or replace function apartado._change_items(p_items jsonb, p_reason text)
  returns jsonb
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_items     jsonb := p_items;
  v_new       jsonb;
  v_changes   jsonb;
  v_item_ids  bigint[];
  v_stock_ids bigint[];
  v_refused   jsonb;
  v_now       timestamptz;
  v_done      jsonb;
begin
  select array_agg(c.item_id), jsonb_agg(to_jsonb(c)) filter (where c.is_new)
    into v_item_ids, v_new
    from apartado._item_changes(p_items) c;
  if v_item_ids is null then
    return '{}';
  end if;

  perform s.stock_id
     from apartado.stock s
    where s.item_id = any (v_item_ids)
    order by s.stock_id
      for no key update;
  v_refused := apartado._item_clashes(
    (select jsonb_agg(w.item)
       from jsonb_array_elements(p_items) as w (item)
       join apartado.items i on i.sku = w.item ->> 'sku'
      where i.item_id = any (v_item_ids)));
  if v_new is not null then
    perform apartado._make_stock(n.item_id, apartado._location_id(n.location))
      from jsonb_to_recordset(v_new) as n (item_id bigint, sku text, location text)
     where not v_refused ? n.sku;
    -- the row is there now, and empty: the quantity that a new place begins with has to be named from here on
    select jsonb_agg(w.item || case when n.quantity is null then '{}' else jsonb_build_object('quantity', n.quantity) end)
      into v_items
      from jsonb_array_elements(p_items) as w (item)
      left join jsonb_to_recordset(v_new) as n (sku text, quantity integer) on n.sku = w.item ->> 'sku';
  end if;
  v_stock_ids := array(select s.stock_id from apartado.stock s where s.item_id = any (v_item_ids));
  perform apartado._lock_wishes(v_stock_ids);
  v_now := apartado.clock();

  select jsonb_agg(to_jsonb(c) order by c.item_id)
    into v_changes
    from apartado._item_changes(v_items) c
   where c.item_id = any (v_item_ids)
     and not v_refused ? c.sku;
  v_done := (
    select coalesce(jsonb_object_agg(c.sku, to_jsonb(d)), '{}')
      from jsonb_to_recordset(v_changes) as c (item_id bigint, sku text, fields jsonb, location text, quantity integer)
     cross join lateral apartado._change_item(c.item_id, c.fields, c.location, c.quantity, p_reason, v_now) d
  );

  -- a wish that was served with one item may have stood before others at another
  if apartado._lock_wishes(v_stock_ids) then
    perform apartado._settle_all(v_stock_ids, v_now);
  end if;

  return v_refused || v_done;
end;
$$;

comment on function apartado._change_items(jsonb, text) is 'Makes items that are there what put_items wants them to be.';
