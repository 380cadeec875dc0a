-- _order_to_tell: an order with all that its summary says.
--
-- Gives   what _order_now gives, with the name and the number of its location
-- Raises  RS108 no such order, or it is somebody else's and the viewer no operator
-- Notes   p_device_hash: the device that was named; an order of nobody is of the device whose cart it came out of, whoever is
--         signed in at it since. p_sees_all: the caller is a database role that is an operator
create or replace function apartado._order_to_tell(p_viewer_id bigint, p_device_hash bytea, p_order_id bigint, p_sees_all boolean)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_location apartado.locations;
begin
  select l.*
    into v_location
    from apartado.orders o
    join apartado.locations l on l.location_id = o.location_id
   where o.order_id = p_order_id
     and (p_sees_all
          or exists (select from apartado.members m where m.member_id = p_viewer_id and (m.is_operator or m.member_id = o.member_id))
          or o.member_id is null
             and exists (select from apartado.carts c where c.cart_id = o.cart_id and c.device_hash = p_device_hash));
  if v_location.location_id is null then
    perform apartado._refuse(case when p_sees_all then 'RS108/operator' else 'RS108' end, 'order', jsonb_build_object('order', p_order_id));
  end if;

  return apartado._order_now(p_order_id) || jsonb_build_object('name', v_location.name, 'phone', v_location.phone);
end;
$$;

comment on function apartado._order_to_tell(bigint, bytea, bigint, boolean) is 'An order with all that its summary says.';
