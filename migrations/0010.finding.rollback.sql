drop index if exists apartado.stock_without_units;
