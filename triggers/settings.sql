-- Settings: what is changed for the whole shop is told to operators.

create or replace function apartado.tg_settings__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
  set intervalstyle = postgres
as $$
begin
  insert into apartado.events (kind, data, details, at)
  values ('settings.changed', '{}',
          (select jsonb_object_agg(n.key, n.value)
             from jsonb_each(to_jsonb(new)) n
            where n.value is distinct from to_jsonb(old) -> n.key)
          || jsonb_strip_nulls(jsonb_build_object('reason', nullif(current_setting('apartado.reason', true), ''))),
          apartado.clock());
  return null;
end;
$$;

comment on function apartado.tg_settings__record() is 'Tells settings.changed: what was changed, and to what.';

create or replace trigger _500_record_update
  after update on apartado.settings
  for each row
  when (old.* is distinct from new.*)
  execute function apartado.tg_settings__record();
