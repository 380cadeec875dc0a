drop table if exists apartado.alerts;
