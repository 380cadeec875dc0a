-- transfer_stock: move free units of an item from one location to another; who waits there is served in the same transaction.
--
-- Gives   what is left and free at both locations, and how many of those who waited were promoted
-- Raises  RS101 no such item · RS104 no such location, or none of it is kept where they come from · RS202 quantity
--         RS204 more than can be counted · RS205 no reason, both locations are the same, or policies meet there that cannot hold together
--         RS301 fewer are free
-- Locks   both stock rows by id, the wishes of those who wait there; where units come to a location for the first time, a
--         gate of the rules and all stock rows of the item by id before them
-- Tells   stock.changed with the reason at both, queue.promoted and reservation.created for each promoted; queue.closed to those for
--         whom too few are left, when no more will come
-- Notes   p_from null is main. Units that are set aside stay where they are.
create or replace function apartado.transfer_stock(
  p_actor            text,
  p_item             bigint,
  p_quantity         integer,
  p_from             text,
  p_to               text,
  p_reason           text,
  p_idempotency_key  text default null,
  out item_id        bigint,
  out quantity       integer,
  out from_location  text,
  out to_location    text,
  out from_available integer,
  out to_available   integer,
  out promoted       integer,
  out server_time    timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_item, p_quantity, p_from, p_to, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'transfer_stock', v_request);
  v_ids     bigint[];
  v_source  apartado.stock;
  v_target  apartado.stock;
  v_done    record;
begin
  if v_answer is not null then
    select * into item_id, quantity, from_location, to_location, from_available, to_available, promoted, server_time
      from jsonb_to_record(v_answer) as (
        item_id bigint, quantity integer, from_location text, to_location text, from_available integer, to_available integer,
        promoted integer, server_time timestamptz);
    return;
  end if;
  perform apartado._check_reason(p_reason);
  if p_quantity is null or p_quantity < 1 then
    perform apartado._refuse('RS202', 'quantity', jsonb_build_object('quantity', p_quantity, 'smallest', 1));
  end if;
  item_id := p_item;
  quantity := p_quantity;
  from_location := coalesce(p_from, 'main');
  to_location := coalesce(p_to, 'main');
  if from_location = to_location then
    perform apartado._refuse('RS205', 'to', jsonb_build_object('from', from_location, 'expected', 'another location'));
  end if;

  perform apartado._ensure_stock(p_item, to_location, 'to');
  v_ids := apartado._lock_stock_at(p_item, array[from_location, to_location], '{from,to}');
  server_time := apartado.clock();
  select s.* into v_source from apartado.stock s where s.stock_id = v_ids[1];
  select s.* into v_target from apartado.stock s where s.stock_id = v_ids[2];
  v_source := (select f.stock from apartado._settle(v_source, server_time) f);
  v_target := (select f.stock from apartado._settle(v_target, server_time) f);
  if v_source.available < p_quantity then
    perform apartado._refuse('RS301/operator', 'quantity', jsonb_build_object('available', v_source.available, 'requested', p_quantity));
  elsif v_target.total::bigint + apartado._planned(v_target.stock_id) + p_quantity > 2147483647 then
    perform apartado._refuse('RS204', 'quantity', jsonb_build_object('total', v_target.total, 'largest_total', 2147483647));
  end if;

  select * into v_done from apartado._change_total(v_source, -p_quantity, p_reason, server_time);
  promoted := v_done.promoted;
  select * into v_done from apartado._change_total(v_target, p_quantity, p_reason, server_time);
  -- both again: a wish that was served at one location may have stood before others at the other
  promoted := promoted + v_done.promoted + (select f.promoted from apartado._settle_all(v_ids, server_time) f);
  from_available := (select s.available from apartado.stock s where s.stock_id = v_ids[1]);
  to_available := (select s.available from apartado.stock s where s.stock_id = v_ids[2]);

  perform apartado._remember(v_owner, p_idempotency_key, 'transfer_stock', v_request, jsonb_build_object(
    'item_id', item_id, 'quantity', quantity, 'from_location', from_location, 'to_location', to_location, 'from_available', from_available,
    'to_available', to_available, 'promoted', promoted, 'server_time', server_time));
end;
$$;

comment on function apartado.transfer_stock(text, bigint, integer, text, text, text, text) is 'Move free units of an item from one location to another; who waits there is served in the same transaction. Example: select * from apartado.transfer_stock(null, 2, 1, ''main'', ''till'', ''they asked for it there'')';

grant execute on function apartado.transfer_stock to apartado_api, apartado_operator;
