select plan(1);
select tests.member('ana');
select * from apartado.put_items(null, '[{"sku": "a", "title": "A", "price": 3}]');
select * from apartado.reserve('ana', apartado.item_id('a'));
select results_eq(
  $$ select item_id, location, status, available, reserved, sold, queue_length, my_reservation_id, my_quantity, my_expires_at, my_position, in_cart, actions, version from apartado.find_items('ana') $$,
  $$ select item_id, location, status, available, reserved, sold, queue_length, my_reservation_id, my_quantity, my_expires_at, my_position, in_cart, actions, version from apartado.get_status('ana', apartado.item_id('a')) $$,
  'field by field');
