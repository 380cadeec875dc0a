-- Locations: another policy is carried to the stock that is kept there; a new name or number is told to operators.

create or replace trigger _200_close_gates
  before update of policy_id on apartado.locations
  for each statement
  execute function apartado.tg_any__close_gates();

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

create or replace function apartado.tg_locations__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.events (kind, details, at)
  values ('location.changed', jsonb_strip_nulls(jsonb_build_object('location', new.code, 'name', new.name, 'phone', new.phone,
                                              'reason', nullif(current_setting('apartado.reason', true), ''))), apartado.clock());
  return null;
end;
$$;

comment on function apartado.tg_locations__record() is 'Tells location.changed to operators.';

create or replace trigger _500_record_insert
  after insert on apartado.locations
  for each row
  execute function apartado.tg_locations__record();

create or replace trigger _510_record_update
  after update on apartado.locations
  for each row
  when ((old.name, old.phone) is distinct from (new.name, new.phone))
  execute function apartado.tg_locations__record();
