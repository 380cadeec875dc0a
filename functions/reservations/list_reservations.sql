-- list_reservations: a member's own reservations, the newest first.
--
-- Gives   what was set aside, at which price, and what became of it; one past its deadline is expired, and ended there; extensions:
--         how often it was extended; payment_began_at: when its holder began to pay; yields: it goes to whoever wants it
create or replace function apartado.list_reservations(p_member text)
  returns table (
    reservation_id   bigint,
    item_id          bigint,
    sku              text,
    title            text,
    location         text,
    quantity         integer,
    price            numeric,
    currency         text,
    status           text,
    reserved_at      timestamptz,
    expires_at       timestamptz,
    closed_at        timestamptz,
    reason           text,
    server_time      timestamptz,
    extensions       integer,
    payment_began_at timestamptz,
    yields           boolean
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id bigint := apartado._member_id(p_member);
  v_now       timestamptz := apartado.clock();
begin
  return query
  select r.reservation_id, i.item_id, i.sku, i.title, l.code, r.quantity, r.price, r.currency,
         case when d.due then 'expired' else r.status end,
         r.reserved_at, r.expires_at,
         case when d.due or r.status = 'expired' then r.expires_at else r.closed_at end,
         r.reason, v_now, r.extensions, r.payment_began_at, r.yields
    from apartado.reservations r
   -- an index look-up for each row, see _cart_lines
   cross join lateral (select x.item_id, x.location_id from apartado.stock x where x.stock_id = r.stock_id offset 0) s
   cross join lateral (select x.item_id, x.sku, x.title from apartado.items x where x.item_id = s.item_id offset 0) i
    join apartado.locations l on l.location_id = s.location_id
   cross join lateral (select r.status = 'active' and r.expires_at <= v_now as due) d
   where r.member_id = v_member_id
   order by r.reservation_id desc;
end;
$$;

comment on function apartado.list_reservations(text) is 'A member''s own reservations, the newest first. Example: select * from apartado.list_reservations(''ana'')';

grant execute on function apartado.list_reservations to apartado_api, apartado_operator;
