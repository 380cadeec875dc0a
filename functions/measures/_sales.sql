-- _sales: what was sold since a time, currency by currency.
--
-- Gives   an array of objects: currency, sales, units, total (a string, in the digits of the currency; what was sold without
--         a price is counted in units alone)
-- Notes   p_location_id null: every location; a custom plan at each call, so that the join with stock drops out then
create or replace function apartado._sales(p_location_id bigint, p_since timestamptz)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
             'currency', c.currency, 'sales', c.sales, 'units', c.units, 'total', apartado._rounded(c.total, c.currency)::text)
             order by c.currency), '[]')
      from (select p.currency, count(*) as sales, sum(p.quantity - p.undone) as units,
                   coalesce(sum(p.price * (p.quantity - p.undone)), 0) as total
              from apartado.purchases p
              left join apartado.stock s on s.stock_id = p.stock_id
             where p.purchased_at >= p_since
               and p.undone < p.quantity
               and (p_location_id is null or s.location_id = p_location_id)
             group by p.currency) c
  );
end;
$$;

comment on function apartado._sales(bigint, timestamptz) is 'What was sold since a time, currency by currency.';
