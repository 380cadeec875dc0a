-- _cart_news: which of some lines of carts stand otherwise than their owners know.
--
-- Gives   the lines with news: how they stand and what one costs now, and what was noted of their owners (old_…)
-- Notes   only lines that hold nothing, in carts of members that were used since p_used_since: devices have no stream, and what was set
--         aside is told where its reservation ends. That somebody holds it or waits for it is their own doing and no news; who holds
--         it pays the frozen price, and of what is hidden nothing is told but that
create or replace function apartado._cart_news(p_carts bigint[], p_stocks bigint[], p_used_since timestamptz, p_now timestamptz)
  returns table (
    cart_id   bigint,
    stock_id  bigint,
    quantity  integer,
    state     text,
    price     numeric,
    old_state text,
    old_price numeric
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  select l.cart_id, l.stock_id, l.quantity, n.state, n.price, l.told_state, l.told_price
    from unnest(p_carts, p_stocks) u (cart_id, stock_id)
   -- an index look-up for each line, see _cart_lines
   cross join lateral (select x.* from apartado.cart_lines x where x.cart_id = u.cart_id and x.stock_id = u.stock_id offset 0) l
   cross join lateral (select x.* from apartado.carts x where x.cart_id = l.cart_id offset 0) c
   cross join lateral (select x.member_id, x.class_id from apartado.members x where x.member_id = c.member_id offset 0) m
   cross join lateral (select x.* from apartado.stock x where x.stock_id = l.stock_id offset 0) s
   cross join lateral (select apartado._line_code(s, m.member_id, m.class_id, l.quantity, p_now) as code offset 0) y
   cross join lateral (select coalesce(l.told_state, 'available') as state,
                              case when l.told_state is null then l.seen_price else l.told_price end as price) k
   cross join lateral (select coalesce(apartado._line_state(y.code), k.state) as state,
                              case when y.code in ('RS101', 'RS302') then k.price else s.price end as price) n
   where l.reservation_id is null
     and c.status = 'active'
     and greatest(c.created_at, c.last_validated_at, c.used_at) >= p_used_since
     and (n.state, n.price) is distinct from (k.state, k.price);
end;
$$;

comment on function apartado._cart_news(bigint[], bigint[], timestamptz, timestamptz) is 'Which of some lines of carts stand otherwise than their owners know.';
