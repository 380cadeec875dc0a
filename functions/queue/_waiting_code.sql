-- _waiting_code: with which words somebody who waits already is refused.
--
-- Gives   RS303 with the reason of whoever will not be served as things stand: they let others pass, or the shop has paused the queue
create or replace function apartado._waiting_code(p_stock apartado.stock, p_status text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return case
           when p_status = 'suspended' then 'RS303/suspended'
           when p_stock.queue_paused_at is not null then 'RS303/paused'
           else 'RS303'
         end;
end;
$$;

comment on function apartado._waiting_code(apartado.stock, text) is 'With which words somebody who waits already is refused.';
