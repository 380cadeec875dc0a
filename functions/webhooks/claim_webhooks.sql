-- claim_webhooks: the messages that are to be sent now, for the service that sends them.
--
-- Gives   a row for each webhook with something to send: url, message (its number: the same when it is sent again),
--         body: a JSON object with type events, timestamp (of its last event) and data: webhook_id, after, through, reset and the
--         events as list_events gives them to operators, up to 100, in order. reset: some of what came after it was purged before
--         it was sent, so a message of no events may say it, too
-- Locks   the rows of the webhooks, without waiting: what another service is at is left out
-- Notes   for 30 seconds nobody else is given the same; note_webhook says how it went. A service that is gone by then has lost
--         nothing: the message is sent again, so whoever receives it knows it by its number. Where none of its kinds came, a
--         webhook moves on without a message, by 100,000 events at a time. The settings: as in tail_events
create or replace function apartado.claim_webhooks()
  returns table (
    webhook_id bigint,
    url        text,
    message    bigint,
    body       jsonb
  )
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_seqscan = off
  set jit = off
  set enable_bitmapscan = off
  set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  v_now     timestamptz := apartado.clock();
  -- read before the events: those numbered in between are sent next time
  v_head    bigint;
  v_oldest  bigint;
  v_webhook apartado.webhooks;
  v_end     bigint;
  v_last    record;
begin
  select h.pos, h.oldest into v_head, v_oldest from apartado.event_head() h;
  for v_webhook in
    select w.*
      from apartado.webhooks w
     where w.paused_at is null
       -- the longest pause is an hour: a later next_at was written before the server's clock was set back
       and (w.next_at <= v_now or w.next_at > v_now + interval '1 hour')
       and w.pos < v_head
     order by w.webhook_id
       for no key update skip locked
  loop
    -- bounds the scan when a webhook wants rare kinds only
    v_end := coalesce(v_webhook.through, least(v_head, v_webhook.pos + 100000));
    select max(t.pos) as pos, max(apartado._utc(t.at)) as at,
           jsonb_agg(jsonb_build_object('pos', t.pos, 'kind', t.kind, 'item_id', t.item_id, 'location', t.location,
                       'data', coalesce(t.public, '{}') || t.member || t.operator, 'at', apartado._utc(t.at)) order by t.pos) as events
      into v_last
      from apartado._told(v_webhook.pos, 100, p_sees_all => true, p_kinds => v_webhook.kinds, p_through => v_end) t;

    if v_last.pos is null and v_webhook.pos >= v_oldest then
      update apartado.webhooks w
         set pos = v_end, through = null
       where w.webhook_id = v_webhook.webhook_id;
      continue;
    end if;
    if v_webhook.through is null then
      v_webhook.through := coalesce(v_last.pos, v_end);
      v_webhook.message := v_webhook.message + 1;
    end if;
    update apartado.webhooks w
       set through = v_webhook.through, message = v_webhook.message, next_at = v_now + interval '30 seconds'
     where w.webhook_id = v_webhook.webhook_id;

    webhook_id := v_webhook.webhook_id;
    url := v_webhook.url;
    message := v_webhook.message;
    body := jsonb_build_object('type', 'events', 'timestamp', coalesce(v_last.at, apartado._utc(v_now)), 'data', jsonb_build_object(
      'webhook_id', v_webhook.webhook_id, 'after', v_webhook.pos, 'through', v_webhook.through,
      'reset', v_webhook.pos < v_oldest, 'events', coalesce(v_last.events, '[]')));
    return next;
  end loop;
end;
$$;

comment on function apartado.claim_webhooks() is 'The messages that are to be sent now, for the service that sends them.';

grant execute on function apartado.claim_webhooks to apartado_api;
