select plan(4);
select tests.item('disc');
select tests.refuses(format('select * from apartado.adjust_stock(null, apartado.item_id(''disc''), 1, %L)', r), 'RS205', 'reason', n)
  from (values (null, 'none'), ('', 'blank'), ('   ', 'spaces'), (repeat('r', 501), '501 characters')) v (r, n);
