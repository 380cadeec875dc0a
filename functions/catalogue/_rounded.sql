-- _rounded: an amount with the digits of its currency.
--
-- Gives   12.50 for EUR, 1200 for JPY; an unknown currency leaves it as it is
create or replace function apartado._rounded(p_amount numeric, p_currency text)
  returns numeric
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(
           (select round(p_amount, c.digits)
              from apartado.currencies c
             where c.currency = p_currency),
           p_amount);
end;
$$;

comment on function apartado._rounded(numeric, text) is 'An amount with the digits of its currency.';
