-- create_webhook: have the events sent to a server of yours, from now on.
--
-- Gives   webhook_id, url, kinds (null: all), created_at; pos: it is sent what comes after that
-- Raises  RS204 there are 20 · RS205 a url that is none, a kind that is none, or a reason that is blank or of more than 500
--         characters
-- Locks   the row of settings, so that 20 are not more
-- Tells   webhook.created with the reason, to operators, through triggers/webhooks.sql
-- Notes   claim_webhooks says what is sent, and note_webhook when it is sent again. Whoever runs the service says which hosts it may
--         call, and has the secret that signs: neither is here. The url is told to operators, so it should hold no secret
create or replace function apartado.create_webhook(
  p_actor           text,
  p_url             text,
  p_kinds           text[] default null,
  p_idempotency_key text default null,
  p_reason          text default null,
  out webhook_id    bigint,
  out url           text,
  out kinds         text[],
  out pos           bigint,
  out created_at    timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_url, p_kinds, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'create_webhook', v_request);
begin
  if v_answer is null then
    if p_url is null then
      perform apartado._refuse('RS205', 'url');
    end if;
    perform apartado._check_webhook(p_url, p_kinds);
    -- an UPDATE, not a lock: the second of two waits and counts the first, or fails with 40001 at the higher levels
    update apartado.settings s
       set registration = s.registration;
    if (select count(*) from apartado.webhooks) >= 20 then
      perform apartado._refuse('RS204', 'webhook', '{"largest": 20}');
    end if;

    perform apartado._say_why(p_reason);
    insert into apartado.webhooks as w (url, kinds, pos, created_at)
    select p_url, p_kinds, h.pos, apartado.clock()
      from apartado.event_head() h
    returning jsonb_build_object('webhook_id', w.webhook_id, 'url', w.url, 'kinds', w.kinds, 'pos', w.pos, 'created_at', w.created_at)
         into v_answer;
    perform apartado._say_why(null);
    perform apartado._remember(v_owner, p_idempotency_key, 'create_webhook', v_request, v_answer);
  end if;

  select * into webhook_id, url, kinds, pos, created_at
    from jsonb_to_record(v_answer) as (webhook_id bigint, url text, kinds text[], pos bigint, created_at timestamptz);
end;
$$;

comment on function apartado.create_webhook(text, text, text[], text, text) is 'Have the events sent to a server of yours, from now on. Example: select * from apartado.create_webhook(null, ''https://shop.example/apartado'', ''{reservation.created,purchase.created}'')';

grant execute on function apartado.create_webhook to apartado_api, apartado_operator;
