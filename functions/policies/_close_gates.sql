-- _close_gates: who changes rules lets nothing come under them meanwhile, and sees all that came.
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

comment on function apartado._close_gates() is 'Who changes rules lets nothing come under them meanwhile, and sees all that came.';
