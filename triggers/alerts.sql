-- Alerts: that a measure of health has crossed its limit, or is well again, is told to operators.

create or replace function apartado.tg_alerts__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_alert apartado.alerts := case when tg_op = 'DELETE' then old else new end;
begin
  insert into apartado.events (kind, data, details, at)
  values (case tg_op when 'DELETE' then 'alert.cleared' else 'alert.raised' end, '{}',
          jsonb_build_object('measure', v_alert.measure, 'value', v_alert.value, 'largest', v_alert.largest, 'unit', v_alert.unit,
                             'since', apartado._utc(v_alert.since)),
          apartado.clock());
  return null;
end;
$$;

comment on function apartado.tg_alerts__record() is 'Tells alert.raised and alert.cleared: the measure, what it was when it was told, its limit, and since when.';

create or replace trigger _510_record_update
  after update of told_at on apartado.alerts
  for each row
  when (old.told_at is null and new.told_at is not null)
  execute function apartado.tg_alerts__record();

create or replace trigger _520_record_delete
  after delete on apartado.alerts
  for each row
  when (old.told_at is not null)
  execute function apartado.tg_alerts__record();
