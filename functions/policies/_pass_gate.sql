-- _pass_gate: holds off changes of the rules until this transaction, which brings something under them, is over.
--
-- Locks   one of the gates, whichever is free, and bumps it: so a change of rules with an older snapshot (REPEATABLE READ) fails
--         instead of missing what came under them. Before any stock row
-- Notes   once in a transaction. Busy gates are skipped, so that imports do not wait for each other. All of them are busy only
--         while rules change, and then it waits
create or replace function apartado._pass_gate()
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from apartado.rule_gates g where g.xmin = pg_current_xact_id()::xid) then
    return;
  end if;

  update apartado.rule_gates g
     set passages = g.passages + 1
   where g.gate = (select f.gate
                     from apartado.rule_gates f
                    order by (f.gate + pg_backend_pid()) % 16
                    limit 1
                      for no key update skip locked);

  if not found then
    update apartado.rule_gates g
       set passages = g.passages + 1
     where g.gate = pg_backend_pid() % 16;
  end if;
end;
$$;

comment on function apartado._pass_gate() is 'Holds off changes of the rules until this transaction, which brings something under them, is over.';
