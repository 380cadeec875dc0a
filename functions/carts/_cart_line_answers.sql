-- _cart_line_answers: the lines that are in a cart, as its owner sees them.
--
-- Gives   a row a line: what the item is to them now, what it costs them, and the code that stands against reserving it, or, where
--         they hold or are offered fewer, the rest of it (null: nothing does). Of an item that they may not see only its number and RS101.
--         p_fallen: those, too, that fell out, with the code of _cart_lines
-- Notes   the status is that of _statuses, and the reason that of reserve. Who holds it pays the frozen price
create or replace function apartado._cart_line_answers(p_cart apartado.carts, p_now timestamptz, p_fallen boolean default false)
  returns table (
    line           integer,
    item_id        bigint,
    sku            text,
    title          text,
    quantity       integer,
    status         text,
    code           text,
    available      integer,
    price          numeric,
    currency       text,
    price_before   numeric,
    reservation_id bigint,
    expires_at     timestamptz,
    "position"     bigint,
    added_at       timestamptz
  )
  language plpgsql
  stable
  rows 10
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_class_id bigint := (select m.class_id from apartado.members m where m.member_id = p_cart.member_id);
begin
  return query
  with inside as materialized (
    select l.*
      from apartado._cart_lines(p_cart.cart_id, p_now) l
     where l.code is null or p_fallen
  )
  select n.line, n.item_id, i.sku, i.title, n.quantity, t.status,
         case when n.code is not null and t.my_reservation_id is null then n.code
              when t.status is null then 'RS101'
              when t.my_reservation_id is null then apartado._line_code(s, p_cart.member_id, v_class_id, n.quantity, p_now)
              else (select left(r.code, 5) from apartado._more_refusals(s, p_cart.member_id, v_class_id, n.quantity, p_now, false) r limit 1) end,
         t.available, p.price, p.currency,
         case when t.status is not null and t.my_reservation_id is null then nullif(n.seen_price, p.price) end,
         t.my_reservation_id, case when t.my_reservation_id is not null then t.my_expires_at end, t.my_position, n.added_at
    from inside n
   -- an index look-up for each line, see _cart_lines
   cross join lateral (select x.* from apartado.stock x where x.stock_id = n.stock_id offset 0) s
    left join apartado._statuses(p_cart.member_id, array(select x.stock_id from inside x), p_now) t on t.stock_id = n.stock_id
    left join lateral (select x.sku, x.title from apartado.items x where x.item_id = t.item_id offset 0) i on true
    left join lateral (select x.price, x.currency from apartado.reservations x where x.reservation_id = t.my_reservation_id offset 0) r on true
   cross join lateral (select case when r.price is not null then r.price when t.status is not null then s.price end,
                              case when r.price is not null then r.currency when t.status is not null then s.currency end) p (price, currency)
   order by n.line;
end;
$$;

comment on function apartado._cart_line_answers(apartado.carts, timestamptz, boolean) is 'The lines that are in a cart, as its owner sees them.';
