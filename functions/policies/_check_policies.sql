-- _check_policies: whether a policy goes together with all others that govern the same units and members.
--
-- Raises  RS205 two values cannot hold together, or the class of a member says what all in a queue share
-- Notes   each way in which policies meet is looked at once. A policy that allows no extensions says that they are
--         none in all, too, whatever a weaker one allows
create or replace function apartado._check_policies(p_policy_id bigint, p_column text default 'values')
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_facts jsonb;
begin
  select jsonb_build_object('member_class', c.code, 'conflict', f.name || ' is not for one member to have')
    into v_facts
    from apartado.member_classes c
    join apartado.policies p on p.policy_id = c.policy_id
    join apartado._policy_fields() f on not f.personal and to_jsonb(p) ->> f.name is not null
   where c.policy_id = p_policy_id and p.name <> 'default'
   order by c.code, f.place
   limit 1;
  if v_facts is not null then
    perform apartado._refuse('RS205', p_column, v_facts);
  end if;

  with said as materialized (
    select p.policy_id, p.name,
           jsonb_strip_nulls(to_jsonb(p)) - '{policy_id,name}'::text[]
           || case when p.extension_limit = 0 and p.extension_total is null then '{"extension_total": "0"}' else '{}' end::jsonb as it
      from apartado.policies p
  ), met as (
    select distinct d.policy_id as of_drop, i.policy_id as of_item, l.policy_id as of_location
      from apartado.stock s
      join apartado.items i on i.item_id = s.item_id
      join apartado.locations l on l.location_id = s.location_id
      left join apartado.drops d on d.drop_id = i.drop_id
  ), classes as (
    select null::bigint as of_class
     union
    select c.policy_id
      from apartado.member_classes c
  ), merged as (
    select array_to_string(array[c.name, d.name, i.name, l.name, 'default'], ', ') as names,
           jsonb_populate_record(null::apartado.policies,
             b.it || coalesce(l.it, '{}') || coalesce(i.it, '{}') || coalesce(d.it, '{}') || coalesce(c.it, '{}')) as policy
      from met m
     cross join classes k
      join said b on b.name = 'default'
      left join said c on c.policy_id = k.of_class and c.name <> 'default'
      left join said d on d.policy_id = m.of_drop and d.name <> 'default'
      left join said i on i.policy_id = m.of_item and i.name <> 'default'
      left join said l on l.policy_id = m.of_location and l.name <> 'default'
     where p_policy_id in (b.policy_id, k.of_class, m.of_drop, m.of_item, m.of_location)
  )
  select c.facts || jsonb_build_object('policies', g.names)
    into v_facts
    from merged g
   cross join lateral apartado._policy_conflict(g.policy, false) c (facts)
   where c.facts is not null
   order by g.names
   limit 1;
  if v_facts is not null then
    perform apartado._refuse('RS205', p_column, v_facts);
  end if;
end;
$$;

comment on function apartado._check_policies(bigint, text) is 'Whether a policy goes together with all others that govern the same units and members.';
