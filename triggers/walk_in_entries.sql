-- Walk-in entries: closed ones stay as they are, none is deleted; every change is told to its member and to operators.

-- Whoever was served or left has been, and tickets never change.
create or replace trigger _300_refuse_change
  before update on apartado.walk_in_entries
  for each row
  when (old.status <> 'waiting' or (old.walk_in_entry_id, old.location_id, old.ticket, old.joined_at)
        is distinct from (new.walk_in_entry_id, new.location_id, new.ticket, new.joined_at))
  execute function apartado.tg_any__refuse_change('walk_in_entry');

create or replace trigger _310_refuse_delete
  before delete on apartado.walk_in_entries
  for each row
  execute function apartado.tg_any__refuse_change('walk_in_entry');

create or replace trigger _320_refuse_truncate
  before truncate on apartado.walk_in_entries
  for each statement
  execute function apartado.tg_any__refuse_change('walk_in_entry');

create or replace function apartado.tg_walk_in_entries__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.events (kind, member_id, data, details, at)
  select 'walk_in.' || case new.status when 'waiting' then 'joined' else new.status end, c.member_id,
         jsonb_build_object('walk_in_entry_id', new.walk_in_entry_id, 'cart_id', new.cart_id, 'location', l.code, 'ticket', new.ticket),
         jsonb_strip_nulls(jsonb_build_object('reason', nullif(current_setting('apartado.reason', true), ''))),
         coalesce(new.closed_at, new.joined_at)
    from apartado.carts c
    join apartado.locations l on l.location_id = new.location_id
   where c.cart_id = new.cart_id;
  return null;
end;
$$;

comment on function apartado.tg_walk_in_entries__record() is 'Tells walk_in.joined, .served or .left.';

create or replace trigger _500_record_insert
  after insert on apartado.walk_in_entries
  for each row
  execute function apartado.tg_walk_in_entries__record();

create or replace trigger _510_record_update
  after update on apartado.walk_in_entries
  for each row
  when (old.status <> new.status)
  execute function apartado.tg_walk_in_entries__record();
