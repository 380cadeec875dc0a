-- Drops: never deleted; another policy, opening or closing is carried to the stock of its items; openings, closings and moves
-- are told once for each stock row.

create or replace trigger _200_close_gates
  before update of policy_id, opens_at, closes_at on apartado.drops
  for each statement
  execute function apartado.tg_any__close_gates();

-- A drop ends, it is never deleted: sales hang on it.
create or replace trigger _300_refuse_delete
  before delete on apartado.drops
  for each row
  execute function apartado.tg_any__refuse_change('drop');

create or replace trigger _310_refuse_truncate
  before truncate on apartado.drops
  for each statement
  execute function apartado.tg_any__refuse_change('drop');

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

create or replace function apartado.tg_drops__record_update()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_drops bigint[] := array(
    select n.drop_id
      from new_rows n
      join old_rows o on o.drop_id = n.drop_id
     where (n.title, n.policy_id, n.opens_at, n.closes_at, n.opened_at, n.closed_at)
           is distinct from (o.title, o.policy_id, o.opens_at, o.closes_at, o.opened_at, o.closed_at));
begin
  if v_drops = '{}' then
    return null; -- a job that found none due: the INSERT below rings the bell even when it inserts nothing
  end if;

  -- the rows of all drops in one order by id, as everywhere, against deadlocks; bumped, because clients ignore an event whose
  -- version they know
  perform s.stock_id
     from apartado.stock s
    where s.drop_id = any (v_drops)
    order by s.stock_id
      for no key update;
  update apartado.stock s
     set version = s.version + 1
   where s.drop_id = any (v_drops);

  insert into apartado.events (kind, stock_id, drop_id, available, reserved, sold, queue_length, version, details, at)
  select 'drop.' || k.kind, s.stock_id, s.drop_id, s.available, s.reserved, s.sold, s.queue_length, s.version,
         jsonb_strip_nulls(jsonb_build_object('opens_at', apartado._utc(n.opens_at),
                                              'closes_at', case when isfinite(n.closes_at) then apartado._utc(n.closes_at) end,
                                              'title', case when k.kind = 'changed' and o.title <> n.title then n.title end,
                                              'policy', case when k.kind = 'changed' and o.policy_id is distinct from n.policy_id
                                                             then coalesce((select p.name from apartado.policies p where p.policy_id = n.policy_id), 'default') end,
                                              'reason', case k.kind when 'changed' then nullif(current_setting('apartado.reason', true), '') end)),
         coalesce(k.at, apartado.clock())
    from new_rows n
    join old_rows o on o.drop_id = n.drop_id
    join apartado.stock s on s.drop_id = n.drop_id
    join apartado.items i on i.item_id = s.item_id and i.visible
   cross join lateral (values
      (1, 'changed', (o.title, o.policy_id, o.opens_at, o.closes_at) is distinct from (n.title, n.policy_id, n.opens_at, n.closes_at), null),
      (2, 'opened', o.opened_at is null and n.opened_at is not null, n.opened_at),
      (3, 'closed', o.closed_at is null and n.closed_at is not null, n.closed_at)) k (step, kind, is_so, at)
   where k.is_so
   order by s.stock_id, k.step;
  return null;
end;
$$;

comment on function apartado.tg_drops__record_update() is 'Tells drop.opened, drop.closed and drop.changed for each visible stock row of the drop.';

create or replace trigger _500_record_update
  after update on apartado.drops
  referencing old table as old_rows new table as new_rows
  for each statement
  execute function apartado.tg_drops__record_update();
