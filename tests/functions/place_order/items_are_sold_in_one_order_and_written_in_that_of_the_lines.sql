select plan(3);
select tests.members('ana'), tests.item('disc'), tests.item('tape');
create temporary table placed as
select o.lines from apartado.place_order('ana', p_lines => (
  select jsonb_agg(jsonb_build_object('item', i.item_id) order by i.item_id desc) from apartado.items i)) o;
select is((select string_agg(i.sku, ' ' order by p.purchase_id) from apartado.purchases p join apartado.stock s using (stock_id) join apartado.items i using (item_id)), 'disc tape', 'by item: each last sale may lock its item, to hide it');
select is((select string_agg(l.sku, ' ' order by l.line) from apartado.order_lines l), 'tape disc', 'as they were asked for');
select tests.commits();
