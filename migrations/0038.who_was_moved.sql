-- depends: 0037.what_operators_see
-- Who waits asks whom an operator put before them: few, and among all who wait.

create index if not exists queue_entries_moved on apartado.queue_entries (stock_id, moves) where moves > 0 and status in ('waiting', 'suspended');
