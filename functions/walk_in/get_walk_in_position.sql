-- get_walk_in_position: where you stand in the line in front of a location, or whether you were called.
--
-- Gives   your entry there as it is, the one that waits or else the newest: status waiting with position, served with served_at, or
--         left; none, and null but for location and waiting: you never stood there. waiting: how many wait
-- Raises  RS601 nobody is signed in, and no device is named · RS104 no such location · RS205 the device is named too short
-- Notes   whose it is, is as in join_walk_in; ask as often as you like, it writes nothing and puts nobody back into the line
create or replace function apartado.get_walk_in_position(
  p_member             text,
  p_device             text default null,
  p_location           text default null,
  out walk_in_entry_id bigint,
  out cart_id          bigint,
  out location         text,
  out ticket           bigint,
  out status           text,
  out "position"       bigint,
  out served_at        timestamptz,
  out waiting          bigint,
  out server_time      timestamptz
)
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_who         record;
  v_location_id bigint;
  v_cart        apartado.carts;
  v_answer      jsonb;
begin
  select * into v_who from apartado._cart_owner(p_member, p_device);
  v_location_id := apartado._location_id(p_location);
  v_cart := apartado._active_cart(v_who.member_id, v_who.device_hash, v_location_id);
  v_answer := apartado._walk_in_answer(v_location_id, v_cart.cart_id, apartado._last_walk_in(v_cart), apartado.clock());

  select * into walk_in_entry_id, cart_id, location, ticket, status, "position", served_at, waiting, server_time
    from jsonb_to_record(v_answer) as (
      walk_in_entry_id bigint, cart_id bigint, location text, ticket bigint, status text, "position" bigint, served_at timestamptz,
      waiting bigint, server_time timestamptz);
end;
$$;

comment on function apartado.get_walk_in_position(text, text, text) is 'Where you stand in the line in front of a location, or whether you were called. Example: select * from apartado.get_walk_in_position(''ana'')';

grant execute on function apartado.get_walk_in_position to apartado_api, apartado_operator;
