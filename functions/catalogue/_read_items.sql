-- _read_items: the rows of put_items, read and looked up, each with what refuses it.
--
-- Gives   number: 1, 2, 3 … · sku · item_id: of the item that is there already · item: the named fields in the form of
--         _item_records, the price with its currency's digits · code, field, facts: null, or why the row is refused
-- Notes   of several good rows with one sku the first counts; letters of a currency are turned as in C, as in _canonical_alias
create or replace function apartado._read_items(p_items jsonb)
  returns table (
    number  integer,
    sku     text,
    item_id bigint,
    item    jsonb,
    code    text,
    field   text,
    facts   jsonb
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  with line as (
    select l.number::integer, l.line
      from jsonb_array_elements(p_items) with ordinality as l (line, number)
  ), part as (
    select l.number, f.place, p.key as field, f.clears, r.value, r.code,
           jsonb_build_object('value', left(p.value #>> '{}', 100)) || r.facts as facts
      from line l
     cross join lateral jsonb_each(l.line) p
      left join apartado._item_fields() f on f.field = p.key
     cross join lateral apartado._read_field(p.key, f.kind, f.smallest, f.largest, p.value) r
  ), read as (
    select l.number,
           coalesce(jsonb_object_agg(p.field, p.value) filter (where p.code is null and (p.value is not null or p.clears)), '{}') as item
      from line l
      left join part p on p.number = l.number
     group by l.number
  ), wrong as (
    select distinct on (p.number) p.number, p.code, left(p.field, 100) as field, p.facts
      from part p
     where p.code is not null
     order by p.number, p.place, p.field
  ), known as (
    select r.number, r.item, r.item ->> 'sku' as sku, i.item_id, w.code, w.field, w.facts,
           case when r.item ? 'currency' then upper((r.item ->> 'currency') collate "C") end as currency,
           coalesce(upper((r.item ->> 'currency') collate "C"), i.currency, 'EUR') as currency_of_price
      from read r
      left join wrong w on w.number = r.number
      left join apartado.items i on i.sku = r.item ->> 'sku'
  ), looked_up as (
    select k.*,
           case
             when k.code is not null then k.field
             when k.sku is null then 'sku'
             when k.item_id is null and not k.item ? 'title' then 'title'
             when k.currency not in (select c.currency from apartado.currencies c) then 'currency'
             when k.item ->> 'location' not in (select l.code from apartado.locations l) then 'location'
             when k.item ->> 'policy' not in (select p.name from apartado.policies p) then 'policy'
           end as refused
      from known k
  ), first as (
    select u.sku, min(u.number) as number
      from looked_up u
     where u.refused is null
     group by u.sku
  )
  select u.number, u.sku, u.item_id,
         u.item
           || case when u.currency is null then '{}' else jsonb_build_object('currency', u.currency) end
           || case when u.item ->> 'price' is null then '{}'
                   else jsonb_build_object('price', apartado._rounded((u.item ->> 'price')::numeric, u.currency_of_price)) end,
         case
           when u.code is not null then u.code
           when u.refused = 'location' then 'RS104/unknown'
           when u.refused is not null and u.item -> u.refused is null then 'RS205/missing'
           when u.refused = 'policy' then 'RS205/policy'
           when u.refused is not null then 'RS205'
           when f.number < u.number then 'RS205/twice'
         end,
         case when u.refused is null and f.number < u.number then 'sku' else u.refused end,
         case
           when u.code is not null then u.facts
           when u.refused is not null then jsonb_strip_nulls(jsonb_build_object(
             u.refused, left(u.item ->> u.refused, 100), 'expected', case when u.refused = 'currency' then 'code of ISO 4217' end))
           when f.number < u.number then jsonb_build_object('sku', u.sku, 'same_as', f.number)
         end
    from looked_up u
    left join first f on f.sku = u.sku
   order by u.number;
$$;

comment on function apartado._read_items(jsonb) is 'The rows of put_items, read and looked up, each with what refuses it.';
