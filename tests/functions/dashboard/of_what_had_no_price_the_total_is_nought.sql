select plan(1);
select tests.item('free', 2, p_price => null);
select from apartado.mark_sold(null, apartado.item_id('free'), p_quantity => 2);
select is(sales, '[{"currency": "EUR", "sales": 1, "units": 2, "total": "0.00"}]', 'in a currency in which nothing else was sold') from apartado.dashboard(null);
