-- clock: the time that every rule goes by: of this moment, not of the transaction's beginning.
--
-- Notes   read once in a command, after the lock: a transaction that waited for a lock past a deadline is late.
--         Tests replace this function inside their own transaction; nothing else can move it.
--         A body that was parsed when it was made looks up no name when it runs, so it needs no search_path, and without one
--         PostgreSQL puts it in place of the call: a twentieth of what reserving costs.
create or replace function apartado.clock()
  returns timestamptz
  language sql
  volatile
  return pg_catalog.clock_timestamp();

comment on function apartado.clock() is 'The time that every rule goes by: of this moment, not of the transaction''s beginning. Example: select apartado.clock()';

grant execute on function apartado.clock to apartado_api, apartado_operator, apartado_jobs, apartado_reader;
