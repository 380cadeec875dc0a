-- list_carts: a member's own carts, at every location, the first made first.
--
-- Gives   the active carts: lines and units that are in it; set_aside: how many of the lines hold what they name; kind: hard, where what
--         is put in is set aside, by the policy of its location and its owner's class (that of an item may say otherwise), or soft;
--         used_at: when it was last changed or looked over, at the earliest when it was made
-- Raises  RS601 nobody is signed in · RS204 p_limit outside 1 .. 1000
-- Notes   p_after: the cart_id from which to go on, for the next page. A line past its deadline is in no more, as in get_cart
create or replace function apartado.list_carts(
  p_member text,
  p_after  bigint default null,
  p_limit  integer default 100
)
  returns table (
    cart_id           bigint,
    location          text,
    kind              text,
    lines             integer,
    units             bigint,
    set_aside         integer,
    created_at        timestamptz,
    used_at           timestamptz,
    last_validated_at timestamptz,
    server_time       timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id bigint := apartado._member_id(p_member);
  v_class_id  bigint := (select m.class_id from apartado.members m where m.member_id = v_member_id);
  v_now       timestamptz := apartado.clock();
begin
  perform apartado._check_limit(p_limit, 1000);

  return query
  select c.cart_id, p.code, (apartado._policy_of(null, c.location_id, v_class_id)).cart, n.lines, n.units, n.set_aside,
         c.created_at, greatest(c.created_at, c.used_at, c.last_validated_at), c.last_validated_at, v_now
    from (select x.*
            from apartado.carts x
           -- = any (array): in the order of cart_id the plan would walk everybody's carts
           where x.cart_id = any (array(select y.cart_id from apartado.carts y where y.member_id = v_member_id and y.status = 'active'))
             and (p_after is null or x.cart_id > p_after)
           order by x.cart_id
           limit p_limit) c
    join apartado.locations p on p.location_id = c.location_id
   cross join lateral (
     select count(*)::integer as lines, coalesce(sum(l.quantity), 0) as units, count(l.reservation_id)::integer as set_aside
       from apartado._cart_lines(c.cart_id, v_now) l
      where l.code is null) n
   order by c.cart_id;
end;
$$;

comment on function apartado.list_carts(text, bigint, integer) is 'A member''s own carts, at every location, the first made first. Example: select * from apartado.list_carts(''ana'')';

grant execute on function apartado.list_carts to apartado_api, apartado_operator;
