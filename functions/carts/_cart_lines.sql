-- _cart_lines: the lines of a cart, in the order in which they came.
--
-- Gives   line 1, 2, 3 …; code: why it fell out, RS401 its reservation expired, RS402 it was cancelled or revoked, with the
--         reason in a word and since when; null: it is in the cart
-- Notes   the clock decides: past its deadline a line is out, whether or not its reservation was closed
create or replace function apartado._cart_lines(p_cart_id bigint, p_now timestamptz)
  returns table (
    line           integer,
    stock_id       bigint,
    item_id        bigint,
    location       text,
    quantity       integer,
    reservation_id bigint,
    seen_price     numeric,
    added_at       timestamptz,
    code           text,
    reason         text,
    left_at        timestamptz
  )
  language plpgsql
  stable
  rows 10
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  select (row_number() over (order by l.added_at, l.stock_id))::integer, l.stock_id, s.item_id, c.code, l.quantity, l.reservation_id,
         l.seen_price, l.added_at, case g.reason when 'expired' then 'RS401' when 'cancelled' then 'RS402' when 'revoked' then 'RS402' end,
         g.reason, case when g.reason is not null then coalesce(l.left_at, r.expires_at) end
    from apartado.cart_lines l
    -- lateral and offset 0: an index look-up for each line; a join planned while the table was small scans all of it
   cross join lateral (select x.item_id, x.location_id from apartado.stock x where x.stock_id = l.stock_id offset 0) s
    join apartado.locations c on c.location_id = s.location_id
    left join lateral (select x.expires_at from apartado.reservations x where x.reservation_id = l.reservation_id offset 0) r on true
   cross join lateral (select coalesce(l.reason, case when r.expires_at <= p_now then 'expired' end)) g (reason)
   where l.cart_id = p_cart_id;
end;
$$;

comment on function apartado._cart_lines(bigint, timestamptz) is 'The lines of a cart, in the order in which they came.';
