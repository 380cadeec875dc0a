-- _money: an amount as people write it.
--
-- Gives   12.50 EUR; in Spanish 12,50 EUR
create or replace function apartado._money(p_amount text, p_currency text, p_language text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return case when p_language = 'es' then replace(p_amount, '.', ',') else p_amount end || ' ' || p_currency;
end;
$$;

comment on function apartado._money(text, text, text) is 'An amount as people write it.';
