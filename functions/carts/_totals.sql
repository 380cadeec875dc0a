-- _totals: what lines cost altogether.
--
-- Gives   a list with an object for each currency: currency, total, units, and unpriced, the units that have no price
create or replace function apartado._totals(p_lines jsonb)
  returns jsonb
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('currency', t.currency, 'total', t.total::text, 'units', t.units, 'unpriced', t.unpriced)
                              order by t.currency), '[]')
      from (select l.currency, sum(l.price * l.quantity) as total, sum(l.quantity) as units,
                   coalesce(sum(l.quantity) filter (where l.price is null), 0) as unpriced
              from jsonb_to_recordset(p_lines) as l (currency text, price numeric, quantity integer)
             where l.currency is not null
             group by l.currency) t
  );
end;
$$;

comment on function apartado._totals(jsonb) is 'What lines cost altogether.';
