-- Drops: another policy, opening or closing is carried to the stock of its items.

-- also of policies and of whatever else follows one
create or replace function apartado.tg_drops__close_gates()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._close_gates();
  return null;
end;
$$;

comment on function apartado.tg_drops__close_gates() is 'While rules change, nothing comes under them.';

create or replace trigger _200_close_gates
  before update of policy_id, opens_at, closes_at on apartado.drops
  for each statement
  execute function apartado.tg_drops__close_gates();

create or replace function apartado.tg_drops__carry_rules()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._carry_rules(array(
    select i.item_id
      from apartado.items i
     where i.drop_id = new.drop_id));
  return null;
end;
$$;

comment on function apartado.tg_drops__carry_rules() is 'Carries another policy, opening or closing of a drop to the stock rows of its items.';

create or replace trigger _400_carry_rules
  after update of policy_id, opens_at, closes_at on apartado.drops
  for each row
  when ((old.policy_id, old.opens_at, old.closes_at) is distinct from (new.policy_id, new.opens_at, new.closes_at))
  execute function apartado.tg_drops__carry_rules();
