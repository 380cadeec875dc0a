-- adjust_stock: add units of an item, or take free ones away; a restock serves the queue in the same transaction.
--
-- Gives   the stock as it then is, and how many of those who waited were promoted
-- Raises  RS101 no such item · RS104 no such location · RS204 nothing, or more than can be counted
--         RS205 no reason, or policies meet there that cannot hold together · RS301 fewer than that are free
-- Locks   stock row, the wishes of those who wait there; where units come to a location for the first time, a gate of the rules and all
--         stock rows of the item by id before it
-- Tells   stock.changed with the reason, queue.promoted and reservation.created for each promoted; queue.closed to those for whom too
--         few are left, when no more will come
create or replace function apartado.adjust_stock(
  p_actor           text,
  p_item            bigint,
  p_delta           integer,
  p_reason          text,
  p_location        text default null,
  p_idempotency_key text default null,
  out item_id       bigint,
  out location      text,
  out delta         integer,
  out total         integer,
  out available     integer,
  out reserved      integer,
  out sold          integer,
  out queue_length  integer,
  out promoted      integer,
  out version       bigint,
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
  v_request jsonb := jsonb_build_array(p_item, p_delta, p_reason, p_location);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'adjust_stock', v_request);
  v_stock   apartado.stock;
  v_done    record;
begin
  if v_answer is null then
    perform apartado._check_reason(p_reason);
    if p_delta is null or p_delta = 0 then
      perform apartado._refuse('RS204', 'delta', jsonb_build_object('delta', p_delta));
    elsif p_delta > 0 then
      perform apartado._ensure_stock(p_item, p_location);
    end if;

    v_stock := apartado._lock_stock(p_item, p_location, true);
    server_time := apartado.clock();
    select * into v_done from apartado._settle(v_stock, server_time);
    select * into v_done from apartado._change_total(v_done.stock, p_delta, p_reason, server_time);
    v_stock := v_done.stock;

    v_answer := jsonb_build_object(
      'item_id', p_item, 'location', coalesce(p_location, 'main'), 'delta', p_delta, 'total', v_stock.total,
      'available', v_stock.available, 'reserved', v_stock.reserved, 'sold', v_stock.sold, 'queue_length', v_stock.queue_length,
      'promoted', v_done.promoted, 'version', v_stock.version, 'server_time', server_time);
    perform apartado._remember(v_owner, p_idempotency_key, 'adjust_stock', v_request, v_answer);
  end if;

  select * into item_id, location, delta, total, available, reserved, sold, queue_length, promoted, version, server_time
    from jsonb_to_record(v_answer) as (
      item_id bigint, location text, delta integer, total integer, available integer, reserved integer, sold integer,
      queue_length integer, promoted integer, version bigint, server_time timestamptz);
end;
$$;

comment on function apartado.adjust_stock(text, bigint, integer, text, text, text) is 'Add units of an item, or take free ones away; a restock serves the queue in the same transaction. Example: select * from apartado.adjust_stock(null, 1, 5, ''delivery'')';

grant execute on function apartado.adjust_stock to apartado_api, apartado_operator;
