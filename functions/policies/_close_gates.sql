-- _close_gates: keeps items and stock from coming under the rules while they change, and waits for those under way.
--
-- Locks   all gates, in their order, and bumps them; before policies, members' turns and stock rows
create or replace function apartado._close_gates()
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform g.gate
     from apartado.rule_gates g
    order by g.gate
      for no key update;

  update apartado.rule_gates g
     set passages = g.passages + 1;
end;
$$;

comment on function apartado._close_gates() is 'Keeps items and stock from coming under the rules while they change, and waits for those under way.';
