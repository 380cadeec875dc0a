-- list_policies: which policies there are, what they say and how many follow them, for operators.
--
-- Gives   the default one first, then by name; values: as set_policy gives them; items, drops, locations, classes: how many of each
--         follow it, of 'default' those that follow no other
-- Raises  RS601, RS602 not an operator
-- Notes   goes through the items once for all policies: nothing else asks for an index by policy, which every import would keep
create or replace function apartado.list_policies(p_actor text)
  returns table (
    policy      text,
    "values"    jsonb,
    items       integer,
    drops       integer,
    locations   integer,
    classes     integer,
    server_time timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_now     timestamptz := apartado.clock();
  v_default bigint := (select p.policy_id from apartado.policies p where p.name = 'default');
begin
  perform apartado._operator(p_actor);

  return query
  with follower as (
    select 'item' as kind, i.policy_id, count(*) as n from apartado.items i group by i.policy_id
    union all
    select 'drop', d.policy_id, count(*) from apartado.drops d group by d.policy_id
    union all
    select 'location', l.policy_id, count(*) from apartado.locations l group by l.policy_id
    union all
    select 'class', c.policy_id, count(*) from apartado.member_classes c group by c.policy_id
  ), counted as (
    select coalesce(f.policy_id, v_default) as policy_id,
           sum(f.n) filter (where f.kind = 'item') as items,
           sum(f.n) filter (where f.kind = 'drop') as drops,
           sum(f.n) filter (where f.kind = 'location') as locations,
           sum(f.n) filter (where f.kind = 'class') as classes
      from follower f
     group by coalesce(f.policy_id, v_default)
  )
  select p.name, apartado._policy_values(p), coalesce(n.items, 0)::integer, coalesce(n.drops, 0)::integer,
         coalesce(n.locations, 0)::integer, coalesce(n.classes, 0)::integer, v_now
    from apartado.policies p
    left join counted n on n.policy_id = p.policy_id
   order by p.name <> 'default', p.name;
end;
$$;

comment on function apartado.list_policies(text) is 'Which policies there are, what they say and how many follow them, for operators. Example: select * from apartado.list_policies(null)';

grant execute on function apartado.list_policies to apartado_api, apartado_operator;
