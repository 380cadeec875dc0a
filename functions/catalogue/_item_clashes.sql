-- _item_clashes: which of the wanted items would come under policies that cannot hold together.
--
-- Gives   one object for each of them, by its sku: code, field, facts as in _change_item
-- Notes   looked at where an item would come to be kept, and where it is kept if it is to follow another policy. The caller
--         passed a gate of the rules and, of items that are there, holds all stock rows, locked. Of thousands of items few
--         follow other policies than the rest, so each way in which they meet is looked at once
create or replace function apartado._item_clashes(p_items jsonb)
  returns jsonb
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  with wanted as (
    select w.item ->> 'sku' as sku, i.item_id, d.policy_id as of_drop, coalesce(p.policy_id, i.policy_id) as of_item,
           coalesce(p.policy_id <> i.policy_id, p.policy_id is not null) as is_other, l.location_id, l.policy_id as of_location
      from jsonb_array_elements(p_items) as w (item)
      left join apartado.items i on i.sku = w.item ->> 'sku'
      left join apartado.drops d on d.drop_id = i.drop_id
      left join apartado.policies p on p.name = w.item ->> 'policy'
      join apartado.locations l on l.code = coalesce(w.item ->> 'location', 'main')
  ), met as (
    select w.sku, w.is_other, w.of_drop, w.of_item, w.of_location
      from wanted w
     where not exists (select from apartado.stock s where s.item_id = w.item_id and s.location_id = w.location_id)
     union
    select w.sku, w.is_other, w.of_drop, w.of_item, l.policy_id
      from wanted w
      join apartado.stock s on s.item_id = w.item_id
      join apartado.locations l on l.location_id = s.location_id
     where w.is_other
  ), clash as (
    select u.of_drop, u.of_item, u.of_location, c.facts
      from (select distinct m.of_drop, m.of_item, m.of_location from met m) u
     cross join lateral apartado._policy_clash(u.of_drop, u.of_item, u.of_location) c (facts)
     where c.facts is not null
  ), refused as (
    select distinct on (m.sku) m.sku, m.is_other, c.facts
      from met m
      join clash c on (c.of_drop, c.of_item, c.of_location) is not distinct from (m.of_drop, m.of_item, m.of_location)
     order by m.sku, c.facts ->> 'policies'
  )
  select coalesce(jsonb_object_agg(r.sku, jsonb_build_object(
           'code', 'RS205/conflict', 'field', case when r.is_other then 'policy' else 'location' end, 'facts', r.facts)), '{}')
    from refused r;
$$;

comment on function apartado._item_clashes(jsonb) is 'Which of the wanted items would come under policies that cannot hold together.';
