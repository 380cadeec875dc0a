-- list_holders: who holds an item, for operators; whose deadline is the nearest comes first.
--
-- Gives   a row for each live reservation of the item, location by location
-- Raises  RS101 no such item · RS104 no such location · RS204 p_limit outside 1 .. 10000
-- Notes   what is past its deadline is not held any more, whether or not a job ran. p_limit is for all locations together
create or replace function apartado.list_holders(
  p_actor    text,
  p_item     bigint,
  p_location text default null,
  p_limit    integer default 1000
)
  returns table (
    location         text,
    reservation_id   bigint,
    alias            text,
    quantity         integer,
    price            numeric,
    currency         text,
    reserved_at      timestamptz,
    expires_at       timestamptz,
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
  v_now       timestamptz := apartado.clock();
  v_stock_ids bigint[];
begin
  perform apartado._operator(p_actor);
  perform apartado._check_limit(p_limit, 10000);
  perform apartado._check_item(p_item);
  -- called beforehand: within the query a plan may never reach it, and an unknown location would not be refused
  v_stock_ids := apartado._stock_ids(array[p_item], p_location);

  return query
  select l.code, r.reservation_id, m.alias, r.quantity, r.price, r.currency, r.reserved_at, r.expires_at, r.payment_began_at, r.yields
    from unnest(v_stock_ids) u (stock_id)
    join apartado.stock s on s.stock_id = u.stock_id
    join apartado.locations l on l.location_id = s.location_id
    join apartado.reservations r on r.stock_id = s.stock_id and r.status = 'active' and r.expires_at > v_now
    join apartado.members m on m.member_id = r.member_id
   order by l.code, r.expires_at, r.reservation_id
   limit p_limit;
end;
$$;

comment on function apartado.list_holders(text, bigint, text, integer) is 'Who holds an item, for operators; whose deadline is the nearest comes first. Example: select * from apartado.list_holders(null, 1)';

grant execute on function apartado.list_holders to apartado_api, apartado_operator;
