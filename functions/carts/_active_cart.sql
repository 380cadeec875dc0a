-- _active_cart: the one active cart of a member, or of a device, at a location.
--
-- Gives   the cart; all null where there is none
create or replace function apartado._active_cart(p_member_id bigint, p_device_hash bytea, p_location_id bigint)
  returns apartado.carts
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_cart apartado.carts;
begin
  if p_member_id is not null then
    select c.* into v_cart
      from apartado.carts c
     where c.member_id = p_member_id and c.location_id = p_location_id and c.status = 'active';
  else
    select c.* into v_cart
      from apartado.carts c
     where c.device_hash = p_device_hash and c.location_id = p_location_id and c.status = 'active';
  end if;

  return v_cart;
end;
$$;

comment on function apartado._active_cart(bigint, bytea, bigint) is 'The one active cart of a member, or of a device, at a location.';
