-- _merge_carts: brings the lines of some carts into the active ones of their owners, and closes them.
--
-- Gives   a row for each cart that got something: how many were merged into it, with how many lines and units
-- Locks   the carts by id, the lines where they wait, the stock rows of lines that are or will be set aside, by id
-- Tells   cart.changed of both; what reserve tells of lines that are set aside
-- Notes   quantities of one item add up, to the item_limit of the owner's class, else of the item; a line that is set aside stays
--         as it is, and what came for its item is not counted. What was imported without the price that was seen has today's.
--         p_member_id: into the carts of this member, whose turn the caller holds; where the policy says hard what can be had is
--         set aside at once. Null: each into the active cart of its own owner, and nothing is set aside
create or replace function apartado._merge_carts(p_from_ids bigint[], p_member_id bigint, p_class_id bigint)
  returns table (
    cart_id bigint,
    merged  integer,
    lines   integer,
    units   bigint
  )
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_pairs    jsonb;
  v_hard_ids bigint[];
  v_held_ids bigint[];
  v_now      timestamptz;
begin
  v_pairs := apartado._lock_pairs(p_from_ids, p_member_id);
  v_hard_ids := array(
    select f.stock_id
      from jsonb_to_recordset(v_pairs) as p (from_id bigint)
      join apartado.cart_lines f on f.cart_id = p.from_id
      join apartado.stock s on s.stock_id = f.stock_id
     where p_member_id is not null
       and (apartado._policy_of(s.item_id, s.location_id, p_class_id)).cart = 'hard');
  v_held_ids := array(
    select f.stock_id
      from jsonb_to_recordset(v_pairs) as p (from_id bigint, into_id bigint)
      join apartado.cart_lines f on f.cart_id = p.from_id
      join apartado.cart_lines i on i.cart_id = p.into_id and i.stock_id = f.stock_id
     where i.reservation_id is not null
       and i.left_at is null);
  perform apartado._merge_walk_ins(v_pairs);
  perform apartado._lock_stocks(v_hard_ids || v_held_ids);
  v_now := apartado.clock();
  perform apartado._settle_all(v_hard_ids || v_held_ids, v_now);

  return query
  with moved as (
    select p.into_id, l.stock_id, sum(l.quantity) as quantity, min(l.added_at) as added_at,
           (array_agg(coalesce(l.seen_price, case when f.status = 'imported' then s.price end) order by l.added_at desc))[1] as seen_price
      from jsonb_to_recordset(v_pairs) as p (from_id bigint, into_id bigint)
      join apartado.carts f on f.cart_id = p.from_id
      join apartado.cart_lines l on l.cart_id = p.from_id and l.left_at is null
      join apartado.stock s on s.stock_id = l.stock_id
     group by p.into_id, l.stock_id
  ), put as (
    insert into apartado.cart_lines as l (cart_id, stock_id, quantity, seen_price, added_at)
    select m.into_id, m.stock_id, least(m.quantity + coalesce(h.quantity, 0), coalesce(k.item_limit, s.item_limit), 2147483647),
           m.seen_price, m.added_at
      from moved m
      join apartado.stock s on s.stock_id = m.stock_id
      join apartado.carts i on i.cart_id = m.into_id
      left join apartado.members o on o.member_id = i.member_id
      left join apartado.cart_lines h on h.cart_id = m.into_id and h.stock_id = m.stock_id and h.left_at is null
     cross join lateral apartado._class_policy(o.class_id) k
    on conflict (cart_id, stock_id) do update
       set quantity = excluded.quantity, reservation_id = null,
           seen_price = case when l.left_at is null then l.seen_price else excluded.seen_price end,
           added_at = case when l.left_at is null then l.added_at else excluded.added_at end, left_at = null, reason = null
     where l.reservation_id is null or l.left_at is not null
  )
  select p.into_id, count(distinct p.from_id)::integer, count(distinct l.stock_id)::integer, coalesce(sum(l.quantity), 0)
    from jsonb_to_recordset(v_pairs) as p (from_id bigint, into_id bigint)
    left join apartado.cart_lines l on l.cart_id = p.from_id and l.left_at is null
                                   and not exists (select
                                                     from apartado.cart_lines h
                                                    where h.cart_id = p.into_id and h.stock_id = l.stock_id
                                                      and h.reservation_id is not null and h.left_at is null)
   group by p.into_id
   order by p.into_id;

  perform apartado._close_merged(v_pairs, v_now);
  if p_member_id is not null then
    perform apartado._set_aside_merged(v_pairs, v_hard_ids, p_member_id, p_class_id, v_now);
  end if;
end;
$$;

comment on function apartado._merge_carts(bigint[], bigint, bigint) is 'Brings the lines of some carts into the active ones of their owners, and closes them.';
