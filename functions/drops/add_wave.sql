-- add_wave: plan units of an item that come to a drop at a set time.
--
-- Gives   the wave
-- Raises  RS106 no such drop · RS101 no such item · RS104 no such location · RS202 quantity
--         RS205 no item, no time, a reason that is blank or of more than 500 characters, or policies meet there that cannot hold together
--         RS203 not in the future · RS204 before the drop opens, when it has closed, further than a hundred
--         years from now, or more than can be counted · RS312 the item is not of this drop
-- Locks   stock row, the wishes of those who wait there; where units come to a location for the first time, a gate of the rules and all
--         stock rows of the item by id before it
-- Tells   drop.changed, with the reason to operators; when its time has come drop.wave and stock.changed, and
--         queue.promoted to those whom it serves
-- Notes   no job is needed: from p_at on the units are there for every command and every query. The queue goes on.
create or replace function apartado.add_wave(
  p_actor           text,
  p_drop            bigint,
  p_item            bigint,
  p_quantity        integer,
  p_at              timestamptz,
  p_location        text default null,
  p_idempotency_key text default null,
  p_reason          text default null,
  out wave_id       bigint,
  out drop_id       bigint,
  out item_id       bigint,
  out location      text,
  out quantity      integer,
  out due_at        timestamptz,
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
  v_request jsonb := jsonb_build_array(p_drop, p_item, p_quantity, p_at at time zone 'UTC', p_location, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'add_wave', v_request);
  v_stock   apartado.stock;
begin
  if v_answer is null then
    if p_quantity is null or p_quantity < 1 then
      perform apartado._refuse('RS202', 'quantity', jsonb_build_object('quantity', p_quantity, 'smallest', 1));
    elsif p_at is null then
      perform apartado._refuse('RS205/missing', 'at');
    elsif not exists (select from apartado.drops d where d.drop_id = p_drop) then
      perform apartado._refuse('RS106', 'drop', jsonb_build_object('drop', p_drop));
    end if;

    perform apartado._ensure_stock(p_item, p_location);
    v_stock := apartado._lock_stock(p_item, p_location, true);
    server_time := apartado.clock();
    if v_stock.drop_id is distinct from p_drop then
      perform apartado._refuse('RS312/outside', 'item', jsonb_strip_nulls(jsonb_build_object('item', p_item, 'drop', p_drop, 'now_in', v_stock.drop_id)));
    elsif p_at <= server_time then
      perform apartado._refuse('RS203/past', 'at', jsonb_build_object('at', apartado._utc(p_at), 'server_time', apartado._utc(server_time)));
    elsif p_at < v_stock.opens_at or p_at >= v_stock.closes_at or p_at > server_time + interval '876000 hours' then
      perform apartado._refuse('RS204', 'at', jsonb_build_object(
        'opens_at', apartado._utc(v_stock.opens_at),
        'closes_at', case when isfinite(v_stock.closes_at) then apartado._utc(v_stock.closes_at) end));
    elsif v_stock.total::bigint + apartado._planned(v_stock.stock_id) + p_quantity > 2147483647 then
      perform apartado._refuse('RS204', 'quantity', jsonb_build_object('total', v_stock.total, 'largest_total', 2147483647));
    end if;
    v_stock := (select f.stock from apartado._settle(v_stock, server_time) f);

    perform apartado._say_why(p_reason);
    with planned as (
      insert into apartado.waves as w (drop_id, stock_id, quantity, due_at)
      values (p_drop, v_stock.stock_id, p_quantity, p_at)
      returning w.wave_id
    )
    update apartado.stock s
       set next_due_at = least(s.next_due_at, p_at),
           version = s.version + 1
      from planned p
     where s.stock_id = v_stock.stock_id
    returning p.wave_id into wave_id;
    perform apartado._say_why(null);

    v_answer := jsonb_build_object(
      'wave_id', wave_id, 'drop_id', p_drop, 'item_id', p_item, 'location', coalesce(p_location, 'main'), 'quantity', p_quantity,
      'due_at', p_at, 'server_time', server_time);
    perform apartado._remember(v_owner, p_idempotency_key, 'add_wave', v_request, v_answer);
  end if;

  select * into wave_id, drop_id, item_id, location, quantity, due_at, server_time
    from jsonb_to_record(v_answer) as (
      wave_id bigint, drop_id bigint, item_id bigint, location text, quantity integer, due_at timestamptz, server_time timestamptz);
end;
$$;

comment on function apartado.add_wave(text, bigint, bigint, integer, timestamptz, text, text, text) is 'Plan units of an item that come to a drop at a set time. Example: select * from apartado.add_wave(null, 1, 2, 50, ''2030-01-04 20:00Z'')';

grant execute on function apartado.add_wave to apartado_api, apartado_operator;
