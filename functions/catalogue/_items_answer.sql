-- _items_answer: the answer of put_items.
--
-- Gives   a list of number, sku, item_id, outcome, reason
-- Notes   p_rows as _read_items gave them, p_made the skus that were made, p_changed what _change_items gave
create or replace function apartado._items_answer(p_rows jsonb, p_made text[], p_changed jsonb)
  returns jsonb
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(to_jsonb(a) order by a.number), '[]')
    from (
      select r.number, r.sku, i.item_id,
             case
               when w.code is not null then 'refused'
               when r.sku = any (p_made) then 'inserted'
               when p_changed ? r.sku then 'updated'
               else 'unchanged'
             end as outcome,
             apartado._reason(w.code, w.field, w.facts) as reason
        from jsonb_to_recordset(p_rows) as r (number integer, sku text, code text, field text, facts jsonb)
        left join jsonb_to_record(p_changed -> r.sku) as c (code text, field text, facts jsonb) on true
       cross join lateral (
         select coalesce(r.code, c.code) as code,
                case when r.code is null then c.field else r.field end as field,
                case when r.code is null then c.facts else r.facts end as facts) w
        left join apartado.items i on i.sku = r.sku
    ) a;
$$;

comment on function apartado._items_answer(jsonb, text[], jsonb) is 'The answer of put_items.';
