-- waiting_webhooks: how many webhooks are to be sent what happens, for the service that may send nothing.
--
-- Gives   the number of those that are not paused
create or replace function apartado.waiting_webhooks()
  returns integer
  language sql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
  select count(*)::integer
    from apartado.webhooks w
   where w.paused_at is null;
$$;

comment on function apartado.waiting_webhooks() is 'How many webhooks are to be sent what happens, for the service that may send nothing. Example: select apartado.waiting_webhooks()';

grant execute on function apartado.waiting_webhooks to apartado_api;
