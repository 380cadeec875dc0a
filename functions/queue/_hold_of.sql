-- _hold_of: how long a reservation of a member lasts: what their class says, else what the stock row carries.
--
-- Gives   a length of time; p_hold for a newcomer who is nobody yet
create or replace function apartado._hold_of(p_member_id bigint, p_hold interval)
  returns interval
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce((
    select p.hold
      from apartado.members m
      join apartado.member_classes c on c.class_id = m.class_id
      join apartado.policies p on p.policy_id = c.policy_id
     where m.member_id = p_member_id
       and p.name <> 'default'), p_hold);
end;
$$;

comment on function apartado._hold_of(bigint, interval) is 'How long a reservation of a member lasts: what their class says, else what the stock row carries.';
