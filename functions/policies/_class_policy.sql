-- _class_policy: what the class of a member says, before anything that a stock row carries.
--
-- Gives   its policy; all null where it has none
create or replace function apartado._class_policy(p_class_id bigint)
  returns apartado.policies
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_policy apartado.policies;
begin
  if p_class_id is not null then -- saves the query: most members have no class, and this is called several times a command
    select p.*
      into v_policy
      from apartado.member_classes c
      join apartado.policies p on p.policy_id = c.policy_id
     where c.class_id = p_class_id
       and p.name <> 'default';
  end if;

  return v_policy;
end;
$$;

comment on function apartado._class_policy(bigint) is 'What the class of a member says, before anything that a stock row carries.';
