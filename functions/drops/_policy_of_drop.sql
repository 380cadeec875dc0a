-- _policy_of_drop: which policy of its own a drop is to follow.
--
-- Gives   its id; null for null and for 'default', which governs what no other policy says
-- Raises  RS205 no such policy
create or replace function apartado._policy_of_drop(p_policy text)
  returns bigint
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_policy_id bigint;
begin
  if p_policy is null or p_policy = 'default' then
    return null;
  end if;

  select p.policy_id into v_policy_id from apartado.policies p where p.name = p_policy;
  if v_policy_id is null then
    perform apartado._refuse('RS205/policy', 'policy', jsonb_build_object('policy', left(p_policy, 100)));
  end if;
  return v_policy_id;
end;
$$;

comment on function apartado._policy_of_drop(text) is 'Which policy of its own a drop is to follow.';
