-- validate_reservations: ask whether reservations are alive, and if not, why.
--
-- Gives   a row for each id, in the order in which they were asked; valid, or the code that a command would refuse with.
--         Null: all that are alive
-- Raises  RS204 more than 1000 ids
-- Notes   the clock decides: one past its deadline is expired, whether or not it was closed
create or replace function apartado.validate_reservations(
  p_member       text,
  p_reservations bigint[] default null
)
  returns table (
    reservation_id bigint,
    valid          boolean,
    status         text,
    code           text,
    item_id        bigint,
    location       text,
    quantity       integer,
    price          numeric,
    currency       text,
    expires_at     timestamptz,
    reason         text,
    server_time    timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  c_most      constant integer := 1000;
  v_member_id bigint := apartado._member_id(p_member);
  v_now       timestamptz := apartado.clock();
begin
  if cardinality(p_reservations) > c_most then
    perform apartado._refuse('RS204', 'reservations', jsonb_build_object('asked', cardinality(p_reservations), 'largest', c_most));
  end if;

  return query
  with asked as (
    select u.reservation_id, u.ordinal
      from unnest(p_reservations) with ordinality u (reservation_id, ordinal)
     union all
    select r.reservation_id, r.reservation_id
      from apartado.reservations r
     where p_reservations is null and r.member_id = v_member_id and r.status = 'active' and r.expires_at > v_now
  )
  select a.reservation_id, coalesce(d.code is null and r.reservation_id is not null, false),
         case when d.code = 'RS401' then 'expired' else r.status end,
         case when r.reservation_id is null then 'RS102' else d.code end,
         s.item_id, l.code, r.quantity, r.price, r.currency, r.expires_at, r.reason, v_now
    from asked a
    -- an index look-up for each row, see _cart_lines
    left join lateral (select x.* from apartado.reservations x where x.reservation_id = a.reservation_id offset 0) r on r.member_id = v_member_id
    left join lateral (select x.item_id, x.location_id from apartado.stock x where x.stock_id = r.stock_id offset 0) s on true
    left join apartado.locations l on l.location_id = s.location_id
   cross join lateral apartado._over(r, v_now) d (code)
   order by a.ordinal;
end;
$$;

comment on function apartado.validate_reservations(text, bigint[]) is 'Ask whether reservations are alive, and if not, why. Example: select * from apartado.validate_reservations(''ana'', array[1, 2])';

grant execute on function apartado.validate_reservations to apartado_api, apartado_operator;
