-- list_statuses: what many items are to the caller now.
--
-- Gives   a row per item and location, in the order of items; unknown and hidden items are left out
-- Raises  RS104 no such location
create or replace function apartado.list_statuses(
  p_member   text,
  p_items    bigint[] default null,
  p_location text default null
)
  returns table (
    item_id           bigint,
    location          text,
    status            text,
    available         integer,
    reserved          integer,
    sold              integer,
    queue_length      integer,
    my_reservation_id bigint,
    my_quantity       integer,
    my_expires_at     timestamptz,
    my_position       bigint,
    in_cart           boolean,
    actions           text[],
    version           bigint,
    server_time       timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_viewer_id bigint := apartado._viewer_id(p_member);
begin
  return query
  select t.item_id, t.location, t.status, t.available, t.reserved, t.sold, t.queue_length, t.my_reservation_id, t.my_quantity,
         t.my_expires_at, t.my_position, t.in_cart, t.actions, t.version, t.server_time
    from apartado._statuses(v_viewer_id, apartado._stock_ids(p_items, p_location), apartado.clock()) t
   order by t.item_id, t.location;
end;
$$;

comment on function apartado.list_statuses(text, bigint[], text) is 'What many items are to the caller now. Example: select * from apartado.list_statuses(null, array[1, 2])';

grant execute on function apartado.list_statuses to apartado_api, apartado_operator;
