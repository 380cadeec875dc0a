-- change_webhook: send a webhook somewhere else, or other kinds of events; pause it, or go on.
--
-- Gives   the webhook as it then is. What is null stays as it was; what has failed, and what was given up, goes on at once
-- Raises  RS312 there is no such webhook · RS205 a url that is none, a kind that is none, or a reason that is blank or of more
--         than 500 characters
-- Locks   its row
-- Tells   webhook.changed with the reason, to operators, through triggers/webhooks.sql
-- Notes   p_kinds as an empty list: all kinds. What was under way is sent again as another message, as it may be other events now.
--         Going on begins where it stood: nothing of the time between is left out, as long as the ledger has it
create or replace function apartado.change_webhook(
  p_actor           text,
  p_webhook         bigint,
  p_url             text default null,
  p_kinds           text[] default null,
  p_paused          boolean default null,
  p_idempotency_key text default null,
  p_reason          text default null,
  out webhook_id    bigint,
  out url           text,
  out kinds         text[],
  out pos           bigint,
  out paused_at     timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_webhook, p_url, p_kinds, p_paused, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'change_webhook', v_request);
begin
  if v_answer is null then
    perform apartado._check_webhook(p_url, nullif(p_kinds, '{}'));
    perform apartado._lock_webhook(p_webhook);
    perform apartado._say_why(p_reason);
    update apartado.webhooks w
       set url = coalesce(p_url, w.url),
           kinds = case when p_kinds is null then w.kinds else nullif(p_kinds, '{}') end,
           paused_at = case when p_paused then coalesce(w.paused_at, apartado.clock())
                            when p_paused is null and w.failing_since is null then w.paused_at end,
           through = null, failures = 0, failing_since = null, next_at = '-infinity'
     where w.webhook_id = p_webhook
    returning jsonb_build_object('webhook_id', w.webhook_id, 'url', w.url, 'kinds', w.kinds, 'pos', w.pos, 'paused_at', w.paused_at)
         into v_answer;
    perform apartado._say_why(null);
    perform apartado._remember(v_owner, p_idempotency_key, 'change_webhook', v_request, v_answer);
  end if;

  select * into webhook_id, url, kinds, pos, paused_at
    from jsonb_to_record(v_answer) as (webhook_id bigint, url text, kinds text[], pos bigint, paused_at timestamptz);
end;
$$;

comment on function apartado.change_webhook(text, bigint, text, text[], boolean, text, text) is 'Send a webhook somewhere else, or other kinds of events; pause it, or go on. Example: select * from apartado.change_webhook(null, 1, p_paused => true)';

grant execute on function apartado.change_webhook to apartado_api, apartado_operator;
