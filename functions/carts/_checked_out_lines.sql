-- _checked_out_lines: what the checkouts of a cart set aside since something was ordered from it, in their order.
--
-- Gives   line 1, 2, 3 … with the reservation as it is now; code: why it cannot be had any more, RS401 it expired, RS402 it was revoked
-- Notes   what its holder cancelled, handed on or has bought is not asked for any more; what expired or was revoked and is reserved
--         again is that which is held now
create or replace function apartado._checked_out_lines(p_cart apartado.carts, p_now timestamptz)
  returns table (
    line           integer,
    reservation_id bigint,
    stock_id       bigint,
    item_id        bigint,
    location       text,
    quantity       integer,
    price          numeric,
    currency       text,
    expires_at     timestamptz,
    code           text
  )
  language plpgsql
  stable
  rows 10
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  select (row_number() over (order by u.ordinal))::integer, r.reservation_id, r.stock_id, s.item_id, l.code, r.quantity, r.price, r.currency, r.expires_at,
         case when r.status = 'revoked' then 'RS402' when r.status = 'expired' or r.expires_at <= p_now then 'RS401' end
    from unnest(p_cart.checked_out) with ordinality u (reservation_id, ordinal)
   -- an index look-up for each row, see _cart_lines
   cross join lateral (
     select x.*
       from apartado.reservations x
      where x.reservation_id = u.reservation_id
        and x.member_id = p_cart.member_id
        and x.status in ('active', 'expired', 'revoked')
     offset 0) o
   cross join lateral (
     select x.*
       from (select h.* from apartado.reservations h where h.reservation_id = o.reservation_id
              union all
             select h.* from apartado.reservations h where h.stock_id = o.stock_id and h.member_id = o.member_id and h.status = 'active') x
      order by x.status = 'active' and x.expires_at > p_now desc
      limit 1) r
   cross join lateral (select x.item_id, x.location_id from apartado.stock x where x.stock_id = r.stock_id offset 0) s
    join apartado.locations l on l.location_id = s.location_id;
end;
$$;

comment on function apartado._checked_out_lines(apartado.carts, timestamptz) is 'What the checkouts of a cart set aside since something was ordered from it, in their order.';
