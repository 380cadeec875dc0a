-- depends: 0034.join_requests
-- An index that is about everybody promises what a look-up by a key does not ask for. What somebody has of a stock row was looked
-- up by reservations_due_of_a_stock, through all who hold something of it, where most rows have one holder: by the statistics both
-- indexes find one row. So was the cart of a member by the index of those of devices. None of the columns is null where a statement compares it.
-- And with the deadline in it the index of those who let go is the better one for a question that names both.

drop index if exists apartado.reservations_due;
drop index if exists apartado.reservations_due_of_a_stock;
drop index if exists apartado.reservations_that_yield;
drop index if exists apartado.cart_is_one_per_device_and_location;
create index reservations_due on apartado.reservations (expires_at, stock_id) where status = 'active' and expires_at is not null;
create index reservations_due_of_a_stock on apartado.reservations (stock_id, expires_at) include (quantity) where status = 'active' and expires_at is not null;
create index reservations_that_yield on apartado.reservations (stock_id, expires_at) where status = 'active' and yields;
create unique index cart_is_one_per_device_and_location on apartado.carts (device_hash, location_id) where status = 'active' and device_hash is not null;
