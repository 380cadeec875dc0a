-- _merge_device: brings what a device has in its carts into those of the member who uses it.
--
-- Locks   the member's turn, the carts by id, the stock rows of lines that are or will be set aside; nothing where there is nothing
-- Tells   cart.changed, and what reserve tells of lines that are set aside
-- Notes   p_location_id null: at every location
create or replace function apartado._merge_device(p_member text, p_device text, p_location_id bigint)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_from_ids bigint[] := array(
    select c.cart_id
      from apartado.carts c
     where c.device_hash = apartado._hash(p_device) and c.status = 'active'
       and (p_location_id is null or c.location_id = p_location_id)
       and (exists (select from apartado.cart_lines l where l.cart_id = c.cart_id)
            or exists (select from apartado.walk_in_entries w where w.cart_id = c.cart_id and w.status = 'waiting')));
  v_turn     record;
begin
  if v_from_ids <> '{}' then
    select t.member_id, t.class_id into v_turn from apartado._take_turn(p_member) t;
    perform from apartado._merge_carts(v_from_ids, v_turn.member_id, v_turn.class_id);
  end if;
end;
$$;

comment on function apartado._merge_device(text, text, bigint) is 'Brings what a device has in its carts into those of the member who uses it.';
