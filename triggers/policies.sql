-- Policies: what changes here is carried to every stock row that it governs, and told to operators.

-- before any row is locked
create or replace trigger _200_close_gates
  before update on apartado.policies
  for each statement
  execute function apartado.tg_any__close_gates();

create or replace function apartado.tg_policies__carry_rules()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._bump_classes(array(
    select c.class_id
      from apartado.member_classes c
     where c.policy_id = new.policy_id));

  perform apartado._carry_to_stock(array(
    select g.stock_id
      from apartado._governed_stock(new.policy_id) g));
  return null;
end;
$$;

comment on function apartado.tg_policies__carry_rules() is 'Carries a changed policy to the stock rows and the members that it governs.';

create or replace trigger _400_carry_rules
  after update on apartado.policies
  for each row
  when (old is distinct from new)
  execute function apartado.tg_policies__carry_rules();

create or replace function apartado.tg_policies__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
  set intervalstyle = postgres
as $$
declare
  v_changes jsonb;
begin
  select jsonb_object_agg(n.key, jsonb_build_array(o.value, n.value))
    into v_changes
    from jsonb_each(to_jsonb(new)) n
    left join jsonb_each(case when tg_op = 'UPDATE' then to_jsonb(old) else '{}' end) o on o.key = n.key
   where n.key not in ('policy_id', 'name')
     and coalesce(o.value, 'null') <> n.value;

  insert into apartado.events (kind, details, at)
  values ('policy.changed',
          jsonb_strip_nulls(jsonb_build_object('policy', new.name, 'reason', nullif(current_setting('apartado.reason', true), '')))
          || coalesce(v_changes, '{}'),
          apartado.clock());
  return null;
end;
$$;

comment on function apartado.tg_policies__record() is 'Tells policy.changed to operators: each changed value with what it was and is.';

create or replace trigger _500_record_insert
  after insert on apartado.policies
  for each row
  execute function apartado.tg_policies__record();

create or replace trigger _510_record_update
  after update on apartado.policies
  for each row
  when (old is distinct from new)
  execute function apartado.tg_policies__record();
