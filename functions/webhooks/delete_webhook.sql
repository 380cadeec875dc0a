-- delete_webhook: send a webhook nothing any more, and forget it.
--
-- Gives   the webhook as it was
-- Raises  RS205 a reason that is blank or of more than 500 characters · RS312 there is no such webhook
-- Locks   its row
-- Tells   webhook.deleted with the reason, to operators, through triggers/webhooks.sql
create or replace function apartado.delete_webhook(
  p_actor           text,
  p_webhook         bigint,
  p_idempotency_key text default null,
  p_reason          text default null,
  out webhook_id    bigint,
  out url           text,
  out pos           bigint
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_webhook, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'delete_webhook', v_request);
begin
  if v_answer is null then
    perform apartado._lock_webhook(p_webhook);
    perform apartado._say_why(p_reason);
    delete from apartado.webhooks w
     where w.webhook_id = p_webhook
    returning jsonb_build_object('webhook_id', w.webhook_id, 'url', w.url, 'pos', w.pos) into v_answer;
    perform apartado._say_why(null);
    perform apartado._remember(v_owner, p_idempotency_key, 'delete_webhook', v_request, v_answer);
  end if;

  select * into webhook_id, url, pos
    from jsonb_to_record(v_answer) as (webhook_id bigint, url text, pos bigint);
end;
$$;

comment on function apartado.delete_webhook(text, bigint, text, text) is 'Send a webhook nothing any more, and forget it. Example: select * from apartado.delete_webhook(null, 1)';

grant execute on function apartado.delete_webhook to apartado_api, apartado_operator;
