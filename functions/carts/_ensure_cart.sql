-- _ensure_cart: the one active cart of a member, or of a device, at a location; made where there is none.
--
-- Gives   the cart; where it is there already nothing is written
-- Notes   however many come at once make one: the predicates of ON CONFLICT are those of the unique indexes, to the letter.
--         It retries when the cart that was in the way was merged into another meanwhile
create or replace function apartado._ensure_cart(p_member_id bigint, p_device_hash bytea, p_location_id bigint, p_now timestamptz)
  returns apartado.carts
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_cart apartado.carts;
begin
  loop
    v_cart := apartado._active_cart(p_member_id, p_device_hash, p_location_id);
    exit when v_cart.cart_id is not null;

    if p_member_id is not null then
      insert into apartado.carts (member_id, location_id, created_at)
      values (p_member_id, p_location_id, p_now)
      on conflict (member_id, location_id) where status = 'active' do nothing;
    else
      insert into apartado.carts (device_hash, location_id, created_at)
      values (p_device_hash, p_location_id, p_now)
      on conflict (device_hash, location_id) where status = 'active' and device_hash is not null do nothing;
    end if;
  end loop;

  return v_cart;
end;
$$;

comment on function apartado._ensure_cart(bigint, bytea, bigint, timestamptz) is 'The one active cart of a member, or of a device, at a location; made where there is none.';
