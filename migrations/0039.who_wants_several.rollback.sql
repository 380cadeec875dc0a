drop index if exists apartado.queue_entries_of_several;
