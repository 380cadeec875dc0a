drop index if exists apartado.reservations_due;
drop index if exists apartado.reservations_due_of_a_stock;
drop index if exists apartado.reservations_that_yield;
drop index if exists apartado.cart_is_one_per_device_and_location;
create index reservations_due on apartado.reservations (expires_at, stock_id) where status = 'active';
create index reservations_due_of_a_stock on apartado.reservations (stock_id, expires_at) include (quantity) where status = 'active';
create index reservations_that_yield on apartado.reservations (stock_id) where status = 'active' and yields;
create unique index cart_is_one_per_device_and_location on apartado.carts (device_hash, location_id) where status = 'active';
