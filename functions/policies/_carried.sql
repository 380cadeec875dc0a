-- _carried: the rules that a stock row carries, in the form of _rules, to compare them.
--
-- Gives   one row, in the order of the columns of _rules
create or replace function apartado._carried(p_stock apartado.stock)
  returns record
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select row(p_stock.open, p_stock.price, p_stock.currency, p_stock.hold, p_stock.active_limit, p_stock.queue_limit,
             p_stock.restock, p_stock.drop_id, p_stock.opens_at, p_stock.closes_at, p_stock.item_limit,
             p_stock.drop_limit, p_stock.offer_window, p_stock.missed, p_stock.fit, p_stock.passed_limit,
             p_stock.low_stock, p_stock.paranoia, p_stock.expiring_soon, p_stock.draws_at)
$$;

comment on function apartado._carried(apartado.stock) is 'The rules that a stock row carries, in the form of _rules, to compare them.';
