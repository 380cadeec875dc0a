-- The ledger: written by triggers only, append only, but for the position that _number_events gives once, the beginning that
-- _purge drops, and the name of somebody who is anonymised; and the bell.

-- What happened stays as it was told.
-- Two triggers, so that numbering, which updates pos of every event, does not compare all other columns.
create or replace trigger _300_refuse_change
  before update of event_id, kind, stock_id, member_id, actor, session_id, available, reserved, sold, queue_length, version, data,
                   details, at, drop_id on apartado.events
  for each row
  -- anonymise: who did it, and nothing else, gets the one name that it set for this transaction
  when (not (old.actor = coalesce(current_setting('apartado.anonymising', true), '') and new.actor ~ '^gone-[0-9a-f]{12}$'
                 and (old.event_id, old.pos, old.kind, old.stock_id, old.member_id, old.session_id, old.available, old.reserved,
                      old.sold, old.queue_length, old.version, old.data, old.details, old.at, old.drop_id)
                  is not distinct from
                     (new.event_id, new.pos, new.kind, new.stock_id, new.member_id, new.session_id, new.available, new.reserved,
                      new.sold, new.queue_length, new.version, new.data, new.details, new.at, new.drop_id)))
  execute function apartado.tg_any__refuse_change('event_id');

create or replace trigger _302_refuse_position
  before update of pos on apartado.events
  for each row
  when (old.pos is not null or new.pos is null)
  execute function apartado.tg_any__refuse_change('event_id');

create or replace trigger _305_refuse_insert_by_hand
  before insert on apartado.events
  for each statement
  when (pg_trigger_depth() = 0)
  execute function apartado.tg_any__refuse_change('event_id');

create or replace trigger _310_refuse_delete
  before delete on apartado.events
  for each row
  -- _purge: what is numbered and older than the shortest retention
  when (current_setting('apartado.purging', true) is distinct from 'on' or old.pos is null or old.at > apartado.clock() - interval '720 hours')
  execute function apartado.tg_any__refuse_change('event_id');

create or replace trigger _320_refuse_truncate
  before truncate on apartado.events
  for each statement
  execute function apartado.tg_any__refuse_change('event_id');

create or replace function apartado.tg_events__ring()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_rings boolean := current_setting('apartado.bell', true) is distinct from 'off'
                     and pg_try_advisory_xact_lock(apartado._lock_key('bell'));
begin
  -- NOTIFY takes a lock of the whole cluster at commit. One ring at a time is enough: whoever cannot get this lock
  -- shares the ring of the one who has it, and readers look every 100 ms anyway.
  -- Set apartado.bell to off in a transaction that is to be prepared: PREPARE TRANSACTION refuses a NOTIFY.
  if v_rings then
    -- an assignment is evaluated as a simple expression; perform would start the executor
    v_rings := pg_notify('apartado', '') is not null;
  end if;
  return null;
end;
$$;

comment on function apartado.tg_events__ring() is 'Wakes the listeners, with an empty payload, one transaction at a time.';

create or replace trigger _900_ring
  after insert on apartado.events
  for each statement
  execute function apartado.tg_events__ring();
