-- _policy_clash: which two values cannot hold together where these policies and 'default' govern the same units.
--
-- Gives   facts that name the conflict, both values and the policies; null: none, for a member of no class and of each
-- Notes   ids of what the drop, the item and the location follow; null and 'default' say nothing of their own. p_concerning:
--         only where that policy has a part in it. A policy that allows no extensions says that they are none in all, too,
--         whatever a weaker one allows
create or replace function apartado._policy_clash(
  p_of_drop     bigint,
  p_of_item     bigint,
  p_of_location bigint,
  p_concerning  bigint default null
)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    with classes as (
      select null::bigint as of_class
       union
      select c.policy_id
        from apartado.member_classes c
    ), said as materialized (
      select p.policy_id, p.name,
             jsonb_strip_nulls(to_jsonb(p)) - '{policy_id,name}'::text[]
             || case when p.extension_limit = 0 and p.extension_total is null then '{"extension_total": "0"}' else '{}' end::jsonb as it
        from apartado.policies p
       where p.name = 'default'
          or p.policy_id in (p_of_drop, p_of_item, p_of_location)
          or p.policy_id in (select k.of_class from classes k)
    ), merged as (
      select array_to_string(array[c.name, d.name, i.name, l.name, 'default'], ', ') as names,
             jsonb_populate_record(null::apartado.policies,
               b.it || coalesce(l.it, '{}') || coalesce(i.it, '{}') || coalesce(d.it, '{}') || coalesce(c.it, '{}')) as policy
        from classes k
        join said b on b.name = 'default'
        left join said c on c.policy_id = k.of_class and c.name <> 'default'
        left join said d on d.policy_id = p_of_drop and d.name <> 'default'
        left join said i on i.policy_id = p_of_item and i.name <> 'default'
        left join said l on l.policy_id = p_of_location and l.name <> 'default'
       where p_concerning is null
          or p_concerning in (b.policy_id, k.of_class, p_of_drop, p_of_item, p_of_location)
    )
    select f.facts || jsonb_build_object('policies', m.names)
      from merged m
     cross join lateral apartado._policy_conflict(m.policy, false) f (facts)
     where f.facts is not null
     order by m.names
     limit 1
  );
end;
$$;

comment on function apartado._policy_clash(bigint, bigint, bigint, bigint) is 'Which two values cannot hold together where these policies and ''default'' govern the same units.';
