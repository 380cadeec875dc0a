-- Locations: another policy is carried to the stock that is kept there.

create or replace trigger _200_close_gates
  before update of policy_id on apartado.locations
  for each statement
  execute function apartado.tg_drops__close_gates();

create or replace function apartado.tg_locations__carry_rules()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._carry_to_stock(array(
    select s.stock_id
      from apartado.stock s
     where s.location_id = new.location_id));
  return null;
end;
$$;

comment on function apartado.tg_locations__carry_rules() is 'Carries another policy of a location to the stock rows there.';

create or replace trigger _400_carry_rules
  after update of policy_id on apartado.locations
  for each row
  when (old.policy_id is distinct from new.policy_id)
  execute function apartado.tg_locations__carry_rules();
