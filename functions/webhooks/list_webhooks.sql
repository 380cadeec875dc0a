-- list_webhooks: where events are sent, and how it fares.
--
-- Gives   by webhook_id: url, kinds (null: all), pos: everything up to it arrived; behind: events of the ledger after it; failures in a
--         row, failing_since; next_at: when it is tried again (null: at once, or never); last_status (HTTP), last_error: of the
--         last try, or that nobody has tried for five minutes; paused_at; created_at
create or replace function apartado.list_webhooks(p_actor text)
  returns table (
    webhook_id    bigint,
    url           text,
    kinds         text[],
    pos           bigint,
    behind        bigint,
    failures      integer,
    failing_since timestamptz,
    next_at       timestamptz,
    last_status   integer,
    last_error    text,
    paused_at     timestamptz,
    created_at    timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_nobody text := case apartado._language()
                     when 'es' then 'Ningún servicio se ha hecho cargo: mira APARTADO_WEBHOOK_HOSTS y APARTADO_WEBHOOK_SECRETS.'
                     else 'No service has taken it up: see APARTADO_WEBHOOK_HOSTS and APARTADO_WEBHOOK_SECRETS.' end;
begin
  perform apartado._operator(p_actor);
  return query
  select w.webhook_id, w.url, w.kinds, w.pos, h.pos - w.pos, w.failures, w.failing_since,
         case when w.paused_at is null and w.failures > 0 then w.next_at end,
         w.last_status,
         coalesce(w.last_error, case when apartado._waits_in_vain(w.pos, w.next_at, w.paused_at) then v_nobody end),
         w.paused_at, w.created_at
    from apartado.webhooks w
   cross join apartado.event_head() h
   order by w.webhook_id;
end;
$$;

comment on function apartado.list_webhooks(text) is 'Where events are sent, and how it fares. Example: select * from apartado.list_webhooks(null)';

grant execute on function apartado.list_webhooks to apartado_api, apartado_operator;
