-- _policy_conflict: which two values cannot hold together, of one policy, or of all that govern the same units.
--
-- Gives   facts that name the conflict and both values; null: none
-- Notes   p_alone: also values that mean nothing beside the others of the same policy. 'default' says everything, so what
--         it says of offers waits for a policy that makes them. An offer always has a window: 'default' says one
create or replace function apartado._policy_conflict(p_policy apartado.policies, p_alone boolean)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_values jsonb := apartado._policy_values(p_policy);
begin
  return (
    select jsonb_build_object('conflict', c.text, c.one, v_values -> c.one, c.other, v_values -> c.other)
      from (values
        (p_policy.hold > p_policy.hold_cap, 'hold exceeds hold_cap', 'hold', 'hold_cap'),
        (p_policy.payment_window > p_policy.hold_cap, 'payment_window exceeds hold_cap', 'payment_window', 'hold_cap'),
        (p_policy.extension_limit = 0 and p_policy.extension_total > interval '0', 'extension_total without extensions',
         'extension_limit', 'extension_total'),
        (p_alone and p_policy.promotion = 'direct' and p_policy.offer_window is not null, 'offer_window without offers',
         'promotion', 'offer_window'),
        (p_alone and p_policy.promotion = 'direct' and p_policy.missed is not null, 'missed without offers',
         'promotion', 'missed'),
        (p_alone and p_policy.fit <> 'fit' and p_policy.passed_limit is not null, 'passed_limit without passing',
         'fit', 'passed_limit')
      ) c (is_so, text, one, other)
     where c.is_so
     limit 1
  );
end;
$$;

comment on function apartado._policy_conflict(apartado.policies, boolean) is 'Which two values cannot hold together, of one policy, or of all that govern the same units.';
