drop table if exists apartado.items;
drop table if exists apartado.currencies;
drop table if exists apartado.locations;
drop table if exists apartado.policies;
