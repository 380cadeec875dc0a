-- _failing_webhooks: how many webhooks the events do not reach: they stand still, have failed for a minute, or were given up.
--
-- Notes   one that an operator paused is none
create or replace function apartado._failing_webhooks()
  returns bigint
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select count(*)
    from apartado.webhooks w
   where w.failing_since < apartado.clock() - case when w.paused_at is null then interval '1 minute' else '0' end
      or apartado._waits_in_vain(w.pos, w.next_at, w.paused_at);
$$;

comment on function apartado._failing_webhooks() is 'How many webhooks the events do not reach: they stand still, have failed for a minute, or were given up.';
