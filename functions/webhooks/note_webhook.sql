-- note_webhook: how the sending of a message went, for the service that sent it.
--
-- Gives   arrived: whether the webhook has gone on to what comes next; next_at: when it is tried again (null: at once, or not);
--         both null where the message is not under way any more, and nothing was changed
-- Locks   the webhook's row
-- Tells   webhook.changed where it is paused, through triggers/webhooks.sql
-- Notes   an answer of the class 2xx: it arrived. Anything else is tried again, the same message, after 2, 4, 8 … seconds, at
--         most an hour. After 72 hours in which nothing arrived, and after 410 (Gone) at once, the webhook is paused;
--         change_webhook goes on. p_status null: there was no answer, and p_error says why
create or replace function apartado.note_webhook(
  p_webhook   bigint,
  p_message   bigint,
  p_status    integer,
  p_error     text default null,
  out arrived boolean,
  out next_at timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_now timestamptz := apartado.clock();
begin
  update apartado.webhooks w
     set pos = case when n.arrived then w.through else w.pos end,
         through = case when not n.arrived then w.through end,
         failures = case when n.arrived then 0 else w.failures + 1 end,
         failing_since = case when not n.arrived then coalesce(w.failing_since, v_now) end,
         next_at = case when n.arrived then '-infinity'
                        else v_now + least(interval '1 second' * 2 ^ least(w.failures + 1, 12), interval '1 hour') end,
         last_status = p_status,
         last_error = case when not n.arrived then left(coalesce(p_error, 'HTTP ' || p_status), 200) end,
         paused_at = case when not n.arrived and (p_status = 410 or w.failing_since < v_now - interval '72 hours') then v_now end
    from (select coalesce(p_status between 200 and 299, false) as arrived) n
   where w.webhook_id = p_webhook
     and w.message = p_message
     and w.through is not null
     and w.paused_at is null
  returning n.arrived, case when w.paused_at is null then nullif(w.next_at, '-infinity') end into arrived, next_at;
end;
$$;

comment on function apartado.note_webhook(bigint, bigint, integer, text) is 'How the sending of a message went, for the service that sent it.';

grant execute on function apartado.note_webhook to apartado_api;
