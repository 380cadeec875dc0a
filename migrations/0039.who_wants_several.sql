-- depends: 0038.who_was_moved
-- Each sale of what will not come again asks whether somebody wants more than is left: among those who want more than one.

create index if not exists queue_entries_of_several on apartado.queue_entries (stock_id, quantity) where quantity > 1 and status in ('waiting', 'suspended');
