-- Member classes: another policy is heeded by whatever their members do next.

create or replace trigger _200_close_gates
  before update of policy_id on apartado.member_classes
  for each statement
  execute function apartado.tg_any__close_gates();

create or replace function apartado.tg_member_classes__carry_rules()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._bump_classes(array[new.class_id]);
  return null;
end;
$$;

comment on function apartado.tg_member_classes__carry_rules() is 'Stops what members of a class are about to do by their old policy.';

create or replace trigger _400_carry_rules
  after update of policy_id on apartado.member_classes
  for each row
  when (old.policy_id is distinct from new.policy_id)
  execute function apartado.tg_member_classes__carry_rules();
