-- get_status: what an item is to the caller now.
--
-- Gives   status, counters, what is the caller's, and what the caller may do
-- Raises  RS101 no such item, or hidden · RS104 no such location, or the item is not kept there
create or replace function apartado.get_status(
  p_member              text,
  p_item                bigint,
  p_location            text default null,
  out item_id           bigint,
  out location          text,
  out status            text,
  out available         integer,
  out reserved          integer,
  out sold              integer,
  out queue_length      integer,
  out my_reservation_id bigint,
  out my_quantity       integer,
  out my_expires_at     timestamptz,
  out my_position       bigint,
  out in_cart           boolean,
  out actions           text[],
  out version           bigint,
  out server_time       timestamptz
)
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_viewer_id bigint := apartado._viewer_id(p_member);
  v_stock_id  bigint;
begin
  select s.stock_id
    into v_stock_id
    from apartado.stock s
    join apartado.locations l on l.location_id = s.location_id
   where s.item_id = p_item
     and l.code = coalesce(p_location, 'main');

  select t.item_id, t.location, t.status, t.available, t.reserved, t.sold, t.queue_length, t.my_reservation_id, t.my_quantity,
         t.my_expires_at, t.my_position, t.in_cart, t.actions, t.version, t.server_time
    into item_id, location, status, available, reserved, sold, queue_length, my_reservation_id, my_quantity,
         my_expires_at, my_position, in_cart, actions, version, server_time
    from apartado._statuses(v_viewer_id, array[v_stock_id], apartado.clock()) t;

  if item_id is null then
    perform apartado._check_visible(p_item, v_viewer_id);
    perform apartado._refuse_missing_stock(p_item, p_location, true);
  end if;
end;
$$;

comment on function apartado.get_status(text, bigint, text) is 'What an item is to the caller now. Example: select * from apartado.get_status(''ana'', 1)';

grant execute on function apartado.get_status to apartado_api, apartado_operator;
