drop table if exists apartado.jobs;
drop table if exists apartado.idempotency_keys;
drop table if exists apartado.messages;
