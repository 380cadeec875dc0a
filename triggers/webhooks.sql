-- Webhooks: that one was made, changed, paused or deleted is told to operators.

create or replace function apartado.tg_webhooks__record()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_webhook apartado.webhooks := case when tg_op = 'DELETE' then old else new end;
begin
  insert into apartado.events (kind, data, details, at)
  values ('webhook.' || case tg_op when 'INSERT' then 'created' when 'DELETE' then 'deleted' else 'changed' end, '{}',
          jsonb_strip_nulls(jsonb_build_object(
            'webhook_id', v_webhook.webhook_id, 'url', v_webhook.url, 'kinds', v_webhook.kinds,
            'paused_at', apartado._utc(v_webhook.paused_at),
            -- who paused it said why, or what failed did
            'reason', coalesce(nullif(current_setting('apartado.reason', true), ''), case when v_webhook.paused_at is not null then v_webhook.last_error end))),
          apartado.clock());
  return null;
end;
$$;

comment on function apartado.tg_webhooks__record() is 'Tells webhook.created, webhook.changed and webhook.deleted.';

create or replace trigger _500_record_insert
  after insert on apartado.webhooks
  for each row
  execute function apartado.tg_webhooks__record();

create or replace trigger _510_record_update
  after update on apartado.webhooks
  for each row
  when ((old.url, old.kinds, old.paused_at) is distinct from (new.url, new.kinds, new.paused_at))
  execute function apartado.tg_webhooks__record();

create or replace trigger _520_record_delete
  after delete on apartado.webhooks
  for each row
  execute function apartado.tg_webhooks__record();
