-- pause_queue: let a whole queue stand still, or go on, with a reason that those who wait can read.
--
-- Gives   whether it stands still, and since when; how many wait, how many units are free, how many were promoted
-- Raises  RS101 no such item · RS104 not kept at that location · RS205 no reason, or neither true nor false
-- Locks   stock row, the wishes of those who wait there
-- Tells   queue.paused or queue.continued; queue.promoted and reservation.created, or queue.offered, for whoever is served then
-- Notes   while it stands still nobody is served, and nobody gets past those who wait; people may join and leave. Offers and
--         reservations go on. Settles before it pauses: what was due before belongs to those who waited for it.
create or replace function apartado.pause_queue(
  p_actor           text,
  p_item            bigint,
  p_paused          boolean,
  p_reason          text,
  p_location        text default null,
  p_idempotency_key text default null,
  out item_id       bigint,
  out location      text,
  out paused        boolean,
  out paused_at     timestamptz,
  out available     integer,
  out queue_length  integer,
  out promoted      integer,
  out server_time   timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_item, p_paused, p_reason, p_location);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'pause_queue', v_request);
  v_stock   apartado.stock;
  v_done    record;
begin
  if v_answer is null then
    perform apartado._check_reason(p_reason);
    if p_paused is null then
      perform apartado._refuse('RS205', 'paused', jsonb_build_object('expected', 'true, false'));
    end if;

    v_stock := apartado._lock_stock(p_item, p_location, true);
    server_time := apartado.clock();
    select * into v_done from apartado._settle(v_stock, server_time);
    v_stock := v_done.stock;
    promoted := v_done.promoted;

    if p_paused <> (v_stock.queue_paused_at is not null) then
      perform apartado._say_why(p_reason);
      update apartado.stock s
         set queue_paused_at = case when p_paused then server_time end,
             queue_pause_reason = case when p_paused then p_reason end,
             version = s.version + 1
       where s.stock_id = v_stock.stock_id
      returning s.* into v_stock;
      perform apartado._say_why(null);

      select * into v_done from apartado._settle(v_stock, server_time);
      v_stock := v_done.stock;
      promoted := promoted + v_done.promoted;
    end if;

    v_answer := jsonb_build_object(
      'item_id', p_item, 'location', coalesce(p_location, 'main'), 'paused', p_paused, 'paused_at', v_stock.queue_paused_at,
      'available', v_stock.available, 'queue_length', v_stock.queue_length, 'promoted', promoted, 'server_time', server_time);
    perform apartado._remember(v_owner, p_idempotency_key, 'pause_queue', v_request, v_answer);
  end if;

  select * into item_id, location, paused, paused_at, available, queue_length, promoted, server_time
    from jsonb_to_record(v_answer) as (
      item_id bigint, location text, paused boolean, paused_at timestamptz, available integer, queue_length integer,
      promoted integer, server_time timestamptz);
end;
$$;

comment on function apartado.pause_queue(text, bigint, boolean, text, text, text) is 'Let a whole queue stand still, or go on, with a reason that those who wait can read. Example: select * from apartado.pause_queue(null, 1, true, ''we count the boxes'')';

grant execute on function apartado.pause_queue to apartado_api, apartado_operator;
