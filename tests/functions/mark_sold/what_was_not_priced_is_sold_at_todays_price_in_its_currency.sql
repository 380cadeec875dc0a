select plan(2);
select tests.members('ana'), tests.item('disc', p_price => null);
select tests.held('disc', 'ana');
update apartado.items set price = 1000, currency = 'HUF' where sku = 'disc';
select results_eq(
  $$select buyer, price::text, currency from apartado.mark_sold(null, apartado.item_id('disc'))$$,
  $$values ('ana', '1000.00', 'HUF')$$,
  'not 1000 EUR');
select tests.commits();
