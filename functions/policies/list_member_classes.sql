-- list_member_classes: which classes of members there are, for operators.
--
-- Gives   class: its code, by which they are sorted · policy: null where it has none of its own · members: how many are in it
-- Raises  RS601, RS602 not an operator
-- Notes   goes through the members once for all classes; most are in none
create or replace function apartado.list_member_classes(p_actor text)
  returns table (
    class       text,
    policy      text,
    members     integer,
    server_time timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_now timestamptz := apartado.clock();
begin
  perform apartado._operator(p_actor);

  return query
  select c.code, p.name, coalesce(n.members, 0)::integer, v_now
    from apartado.member_classes c
    left join apartado.policies p on p.policy_id = c.policy_id
    left join (
      select m.class_id, count(*) as members
        from apartado.members m
       where m.class_id is not null
       group by m.class_id) n on n.class_id = c.class_id
   order by c.code;
end;
$$;

comment on function apartado.list_member_classes(text) is 'Which classes of members there are, for operators. Example: select * from apartado.list_member_classes(null)';

grant execute on function apartado.list_member_classes to apartado_api, apartado_operator;
