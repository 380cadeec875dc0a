drop index if exists apartado.queue_entries_moved;
