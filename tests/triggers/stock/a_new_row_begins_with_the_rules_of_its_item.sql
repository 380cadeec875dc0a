select plan(2);
select tests.item('a', p_visible => false), tests.item('b', p_restock => false, p_price => null);
select results_eq('select open, price, currency, hold, active_limit, queue_limit, restock from apartado.stock order by stock_id', $$values
  (false, 12.50, 'EUR', interval '168 hours', 5, 1000, true),
  (true, null, 'EUR', interval '168 hours', 5, 1000, false)$$, 'open, price, currency, hold, limits, restock');
select is((select count(*) from apartado.stock_tallies where (reserved, sold, queue_length) = (0, 0, 0)), 2::bigint, 'and an empty tally');
