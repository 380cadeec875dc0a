-- clock: the time that every rule goes by: of this moment, not of the transaction's beginning.
--
-- Notes   read once in a command, after the lock: a transaction that waited for a lock past a deadline is late.
--         Tests replace this function inside their own transaction; nothing else can move it.
--         An SQL-standard body is parsed at creation and looks up no name at run time, so it needs no SET search_path; without
--         a SET clause the planner inlines it, which saves a twentieth of the cost of reserving.
create or replace function apartado.clock()
  returns timestamptz
  language sql
  volatile
  return pg_catalog.clock_timestamp();

comment on function apartado.clock() is 'The time that every rule goes by: of this moment, not of the transaction''s beginning. Example: select apartado.clock()';

grant execute on function apartado.clock to apartado_api, apartado_operator, apartado_jobs, apartado_reader;
