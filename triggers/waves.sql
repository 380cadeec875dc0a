-- Waves: planned, then released or cancelled once, and never anything else; all three are told.

-- A wave is released or cancelled once, and stays as it was planned.
create or replace trigger _300_refuse_change
  before update on apartado.waves
  for each row
  when (old.released_at is not null
        or (old.wave_id, old.drop_id, old.stock_id, old.quantity, old.due_at)
           is distinct from (new.wave_id, new.drop_id, new.stock_id, new.quantity, new.due_at))
  execute function apartado.tg_any__refuse_change('wave');

create or replace trigger _310_refuse_delete
  before delete on apartado.waves
  for each row
  execute function apartado.tg_any__refuse_change('wave');

create or replace trigger _320_refuse_truncate
  before truncate on apartado.waves
  for each statement
  execute function apartado.tg_any__refuse_change('wave');

create or replace function apartado.tg_waves__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into apartado.events (kind, stock_id, drop_id, available, reserved, sold, queue_length, version, details, at)
  select case when new.released_at < 'infinity' then 'drop.wave' else 'drop.changed' end,
         s.stock_id, new.drop_id, s.available, s.reserved, s.sold, s.queue_length, s.version,
         jsonb_build_object('wave_id', new.wave_id, 'quantity', new.quantity, 'due_at', apartado._utc(new.due_at))
         || case when new.released_at < 'infinity' then '{}'
                 else jsonb_strip_nulls(jsonb_build_object('cancelled', case when new.released_at = 'infinity' then true end,
                                                           'reason', nullif(current_setting('apartado.reason', true), ''))) end,
         case when new.released_at < 'infinity' then new.released_at else apartado.clock() end
    from apartado.stock s
   where s.stock_id = new.stock_id;
  return null;
end;
$$;

comment on function apartado.tg_waves__record() is 'Tells drop.changed when a wave is planned or cancelled, and drop.wave when its units came.';

create or replace trigger _500_record_insert
  after insert on apartado.waves
  for each row
  execute function apartado.tg_waves__record();

create or replace trigger _510_record_end
  after update on apartado.waves
  for each row
  when (old.released_at is null and new.released_at is not null)
  execute function apartado.tg_waves__record();
