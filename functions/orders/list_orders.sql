-- list_orders: what was ordered, the newest first, for operators.
--
-- Gives   a row for each order: buyer (null: nobody in particular), lines with the purchase_id that undo_sale wants and with undone, how
--         many of their units were taken back, and totals of the others
-- Raises  RS601, RS602 not an operator · RS103 no such member · RS108 no such order · RS204 p_limit outside 1 .. 1000
-- Notes   p_order: that one alone; p_member: the orders of one person; p_after: the order_id behind which to go on
create or replace function apartado.list_orders(
  p_actor  text,
  p_order  bigint default null,
  p_member text default null,
  p_after  bigint default null,
  p_limit  integer default 100
)
  returns table (
    order_id    bigint,
    placed_at   timestamptz,
    location    text,
    buyer       text,
    cart_id     bigint,
    reference   text,
    lines       jsonb,
    totals      jsonb,
    server_time timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id bigint;
  v_first     bigint := coalesce(p_order, 1);
  v_last      bigint := coalesce(p_order, 9223372036854775807);
  v_before    bigint := coalesce(p_after, 9223372036854775807);
  v_ids       bigint[];
begin
  perform apartado._operator(p_actor);
  perform apartado._check_limit(p_limit, 1000);
  v_member_id := apartado._viewer_id(p_member);

  -- two statements: a single plan for both would walk everybody's orders to find one person's
  if v_member_id is null then
    v_ids := array(
      select o.order_id
        from apartado.orders o
       where o.order_id >= v_first and o.order_id <= v_last and o.order_id < v_before
       order by o.order_id desc
       limit p_limit);
  else
    v_ids := array(
      select o.order_id
        from apartado.orders o
       where o.member_id = v_member_id and o.order_id >= v_first and o.order_id <= v_last and o.order_id < v_before
       order by o.order_id desc
       limit p_limit);
  end if;
  if p_order is not null and v_ids = '{}' then
    perform apartado._refuse('RS108/operator', 'order', jsonb_build_object('order', p_order));
  end if;

  return query
  select u.order_id, a.server_time, a.location, a.buyer, a.cart_id, a.reference, a.lines, a.totals, apartado.clock()
    from unnest(v_ids) with ordinality u (order_id, ordinal)
   cross join lateral jsonb_to_record(apartado._order_now(u.order_id)) as a (
     server_time timestamptz, location text, buyer text, cart_id bigint, reference text, lines jsonb, totals jsonb)
   order by u.ordinal;
end;
$$;

comment on function apartado.list_orders(text, bigint, text, bigint, integer) is 'What was ordered, the newest first, for operators. Example: select * from apartado.list_orders(null, p_member => ''ana'')';

grant execute on function apartado.list_orders to apartado_api, apartado_operator;
