-- check_consistency: every rule that always holds, held against every row; no rows when healthy.
--
-- Gives   a row for each breach: rule, subject, found, expected, repair (what to run or do). No rows: all is well
-- Raises  RS601, RS602 called by a person who is no operator
-- Notes   one snapshot, so it may run under load. It reads everything: a check for the night, not for each request.
--         No nested loops: with stale statistics they joined all reservations with all queue entries, for minutes.
create or replace function apartado.check_consistency()
  returns table (
    rule     text,
    subject  text,
    found    text,
    expected text,
    repair   text
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
  set enable_nestloop = off
  set jit = off
as $$
#variable_conflict use_column
begin
  perform apartado._require_operator_or_role();

  return query select * from apartado._check_numbers();
  return query select * from apartado._check_stock();
  return query select * from apartado._check_rules();
  return query select * from apartado._check_queues();
  return query select * from apartado._check_lotteries();
  return query select * from apartado._check_wishes();
  return query select * from apartado._check_histories();
  return query select * from apartado._check_carts();
  return query select * from apartado._check_orders();
  return query select * from apartado._check_events();
end;
$$;

comment on function apartado.check_consistency() is 'Every rule that always holds, held against every row; no rows when healthy. Example: select * from apartado.check_consistency()';

grant execute on function apartado.check_consistency to apartado_api, apartado_operator, apartado_jobs;
