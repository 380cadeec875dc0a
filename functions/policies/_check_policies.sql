-- _check_policies: whether a policy goes together with all others that govern the same units and members.
--
-- Raises  RS205 two values cannot hold together, or the class of a member says what all in a queue share
-- Notes   each way in which policies meet is looked at once. p_items: items that come under other policies than before, where
--         all that govern them are looked at
create or replace function apartado._check_policies(p_policy_id bigint, p_column text default 'values', p_items bigint[] default '{}')
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_facts jsonb;
begin
  select jsonb_build_object('member_class', c.code, 'value', f.name)
    into v_facts
    from apartado.member_classes c
    join apartado.policies p on p.policy_id = c.policy_id
    join apartado._policy_fields() f on not f.personal and to_jsonb(p) ->> f.name is not null
   where c.policy_id = p_policy_id and p.name <> 'default'
   order by c.code, f.place
   limit 1;
  if v_facts is not null then
    perform apartado._refuse('RS205/of_class', p_column, v_facts);
  end if;

  select c.facts
    into v_facts
    from (select distinct d.policy_id as of_drop, i.policy_id as of_item, l.policy_id as of_location,
                 case when not i.item_id = any (p_items) then p_policy_id end as concerning
            from apartado.stock s
            join apartado.items i on i.item_id = s.item_id
            join apartado.locations l on l.location_id = s.location_id
            left join apartado.drops d on d.drop_id = i.drop_id
           where p_policy_id is not null or i.item_id = any (p_items)) m
   cross join lateral apartado._policy_clash(m.of_drop, m.of_item, m.of_location, m.concerning) c (facts)
   where c.facts is not null
   order by c.facts ->> 'policies'
   limit 1;
  if v_facts is not null then
    perform apartado._refuse('RS205/conflict', p_column, v_facts);
  end if;
end;
$$;

comment on function apartado._check_policies(bigint, text, bigint[]) is 'Whether a policy goes together with all others that govern the same units and members.';
