drop index if exists apartado.purchases_by_time;
