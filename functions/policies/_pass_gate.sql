-- _pass_gate: what brings something under the rules goes through one gate, which nobody can close until it is through.
--
-- Locks   one of the gates, whichever is free, and bumps it: so a change of rules that began before at REPEATABLE READ is
--         stopped, because it would not see what came under them. Before any stock row
-- Notes   once in a transaction. Busy gates are passed over, because another one will do: imports do not wait for each
--         other. All are taken only while rules change, and then it waits
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

comment on function apartado._pass_gate() is 'What brings something under the rules goes through one gate, which nobody can close until it is through.';
