-- get_snapshot: the statuses of many items together with the position from which their stream goes on.
--
-- Gives   one row: pos, server_time, statuses (an array of what list_statuses gives)
-- Raises  RS104 no such location
-- Notes   one statement, one snapshot. A change that is not numbered yet is in the statuses already and comes once
--         more in the stream: drop it by its version.
create or replace function apartado.get_snapshot(
  p_member        text,
  p_items         bigint[] default null,
  p_location      text default null,
  out pos         bigint,
  out server_time timestamptz,
  out statuses    jsonb
)
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_viewer_id bigint := apartado._viewer_id(p_member);
  v_utc       text;
begin
  server_time := apartado.clock();
  v_utc := apartado._utc(server_time);

  select c.last_pos,
         (select coalesce(jsonb_agg(jsonb_build_object(
                   'item_id', t.item_id, 'location', t.location, 'status', t.status, 'available', t.available,
                   'reserved', t.reserved, 'sold', t.sold, 'queue_length', t.queue_length,
                   'my_reservation_id', t.my_reservation_id, 'my_quantity', t.my_quantity,
                   'my_expires_at', apartado._utc(t.my_expires_at), 'my_position', t.my_position, 'in_cart', t.in_cart,
                   'actions', t.actions, 'version', t.version, 'server_time', v_utc)
                   order by t.item_id, t.location), '[]')
            from apartado._statuses(v_viewer_id, apartado._stock_ids(p_items, p_location), get_snapshot.server_time) t)
    into pos, statuses
    from apartado.event_cursor c;
end;
$$;

comment on function apartado.get_snapshot(text, bigint[], text) is 'The statuses of many items together with the position from which their stream goes on. Example: select * from apartado.get_snapshot(null)';

grant execute on function apartado.get_snapshot to apartado_api, apartado_operator;
