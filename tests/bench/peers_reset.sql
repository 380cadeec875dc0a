-- Nobody holds anything, and nothing was told: before each measurement.
set session_replication_role = replica;
truncate apartado.reservations, apartado.events, apartado.idempotency_keys cascade;
update apartado.stock set available = total, reserved = 0, next_due_at = 'infinity', version = version + 1 where reserved > 0;
update apartado.stock_tallies set reserved = 0 where reserved > 0;
vacuum apartado.stock, apartado.stock_tallies, apartado.member_turns;
