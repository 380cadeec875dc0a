-- _lock_webhook: a webhook, locked.
--
-- Gives   the row
-- Raises  RS312 there is no such webhook
-- Locks   its row: a service that is about to note an answer waits
create or replace function apartado._lock_webhook(p_webhook bigint)
  returns apartado.webhooks
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_webhook apartado.webhooks;
begin
  select w.*
    into v_webhook
    from apartado.webhooks w
   where w.webhook_id = p_webhook
     for no key update;
  if not found then
    perform apartado._refuse('RS312/missing', 'webhook', jsonb_build_object('webhook', p_webhook));
  end if;
  return v_webhook;
end;
$$;

comment on function apartado._lock_webhook(bigint) is 'A webhook, locked.';
