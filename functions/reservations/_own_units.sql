-- _own_units: the units of a stock row that are set aside for a member, by a reservation or by an offer.
--
-- Gives   one row; all null where there are none; counted: what limits count of it, of an offer all that was waited for;
--         price and currency: what was frozen, of an offer today's
create or replace function apartado._own_units(
  p_stock     apartado.stock,
  p_member_id bigint,
  p_now       timestamptz,
  out units    integer,
  out counted  integer,
  out price    numeric,
  out currency text
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  -- offset 0 keeps the deadline out of the scan, which could use the index of deadlines: everybody who holds some of the row
  select r.quantity, r.quantity, r.price, r.currency
    into units, counted, price, currency
    from (select x.*
            from apartado.reservations x
           where x.stock_id = p_stock.stock_id and x.member_id = p_member_id and x.status = 'active'
          offset 0) r
   where r.expires_at > p_now;

  if units is null then
    select q.offered_quantity, q.quantity, p_stock.price, p_stock.currency
      into units, counted, price, currency
      from apartado.queue_entries q
     where q.stock_id = p_stock.stock_id and q.member_id = p_member_id and q.status = 'offered' and q.offered_until > p_now;
  end if;
end;
$$;

comment on function apartado._own_units(apartado.stock, bigint, timestamptz) is 'The units of a stock row that are set aside for a member, by a reservation or by an offer.';
