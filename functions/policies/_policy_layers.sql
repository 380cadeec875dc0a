-- _policy_layers: the policies that govern the units of an item at a location, and a member, the strongest first.
--
-- Gives   a row per policy: layer 1 the member's class, 2 the drop, 3 the item, 4 the location, 5 the default,
--         6 the item itself, whose restock goes by the quantity that it came with; scope and subject say it in words
-- Notes   the one place where the order is decided; whatever follows 'default' says nothing itself
create or replace function apartado._policy_layers(p_item bigint, p_location_id bigint, p_class_id bigint)
  returns table (
    layer   integer,
    scope   text,
    subject text,
    policy  apartado.policies
  )
  language plpgsql
  stable
  rows 2
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  select 1, 'member_class', c.code, p
    from apartado.member_classes c
    join apartado.policies p on p.policy_id = c.policy_id
   where c.class_id = p_class_id and p.name <> 'default'
   union all
  select 2, 'drop', d.drop_id::text, p
    from apartado.items i
    join apartado.drops d on d.drop_id = i.drop_id
    join apartado.policies p on p.policy_id = d.policy_id
   where i.item_id = p_item and p.name <> 'default'
   union all
  select 3, 'item', i.sku, p
    from apartado.items i
    join apartado.policies p on p.policy_id = i.policy_id
   where i.item_id = p_item and p.name <> 'default'
   union all
  select 4, 'location', l.code, p
    from apartado.locations l
    join apartado.policies p on p.policy_id = l.policy_id
   where l.location_id = p_location_id and p.name <> 'default'
   union all
  select 5, 'default', 'default', p
    from apartado.policies p
   where p.name = 'default'
   union all
  select 6, 'item', i.sku, jsonb_populate_record(null::apartado.policies, jsonb_build_object('restock', i.restock))
    from apartado.items i
   where i.item_id = p_item
   order by 1;
end;
$$;

comment on function apartado._policy_layers(bigint, bigint, bigint) is 'The policies that govern the units of an item at a location, and a member, the strongest first.';
