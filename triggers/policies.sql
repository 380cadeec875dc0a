-- Policies: what changes here is carried to every stock row that follows it.

create or replace function apartado.tg_policies__carry_rules()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._carry_rules(array(
    select i.item_id
      from apartado.items i
     where i.policy_id = new.policy_id));
  return null;
end;
$$;

comment on function apartado.tg_policies__carry_rules() is 'Carries a changed policy to the stock rows that follow it.';

create or replace trigger _400_carry_rules
  after update on apartado.policies
  for each row
  when (old is distinct from new)
  execute function apartado.tg_policies__carry_rules();
