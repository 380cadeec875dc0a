select plan(7);
select tests.members('ana'), tests.item('disc');
select from apartado.place_order('ana', p_lines => jsonb_build_array(jsonb_build_object('item', apartado.item_id('disc'))));
select tests.cannot_commit(e, 'RS312', e) from unnest(array[
  'update apartado.orders set reference = ''x''', 'delete from apartado.orders', 'truncate apartado.orders cascade',
  'update apartado.order_lines set price = 1', 'delete from apartado.order_lines', 'truncate apartado.order_lines']) e;
select tests.commits();
