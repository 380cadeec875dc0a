-- _cart_to_tell: a cart with all that its summary says.
--
-- Gives   the fields that _order_to_tell gives of an order, but for the order's number; of a line that cannot be had now its code, and
--         nothing of it in the totals. Where nothing is in the cart since its last checkout: what that set aside and is still held
-- Raises  RS104 no such location · RS105 no cart, or nothing in it
create or replace function apartado._cart_to_tell(p_member_id bigint, p_device_hash bytea, p_location text)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_cart  apartado.carts := apartado._active_cart(p_member_id, p_device_hash, apartado._location_id(p_location));
  v_now   timestamptz := apartado.clock();
  v_lines jsonb;
begin
  v_lines := (
    select jsonb_agg(jsonb_build_object(
             'line', a.line, 'description', apartado._describe(a.item_id), 'quantity', a.quantity,
             'price', a.price::text, 'currency', a.currency, 'total', (a.price * a.quantity)::text, 'code', a.code) order by a.line)
      from (select i.line, i.item_id, i.quantity, i.price, i.currency,
                   -- where they hold a part, the code is of the rest
                   case when i.reservation_id is null then i.code end as code
              from apartado._cart_line_answers(v_cart, v_now) i
             where i.status is not null
             union all
            select o.line, o.item_id, o.quantity, o.price, o.currency, null
              from apartado._checked_out_lines(v_cart, v_now) o
             where o.code is null and apartado._is_checked_out(v_cart)) a);
  if v_lines is null then
    perform apartado._refuse_empty_cart(v_cart.cart_id, 'location');
  end if;

  return (
    select jsonb_build_object('location', l.code, 'name', l.name, 'phone', l.phone, 'lines', v_lines,
                              'totals', apartado._totals(jsonb_path_query_array(v_lines, '$[*] ? (@.code == null)')),
                              'buyer', (select m.alias from apartado.members m where m.member_id = p_member_id))
      from apartado.locations l
     where l.location_id = v_cart.location_id
  );
end;
$$;

comment on function apartado._cart_to_tell(bigint, bytea, text) is 'A cart with all that its summary says.';
