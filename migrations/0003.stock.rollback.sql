drop table if exists apartado.stock_tallies;
drop table if exists apartado.purchases;
drop table if exists apartado.reservations;
drop table if exists apartado.queue_entries;
drop table if exists apartado.stock;
